package io.counterfoil;

import java.util.Collection;
import java.util.Collections;
import java.util.Set;
import java.util.TreeSet;

/** The rules for sets of scopes and of addresses, for tokens that are created or updated. */
final class TokenProperties {
  private TokenProperties() {}

  /** Returns scopes in alphabetical order, if they are valid and there is at least one. */
  static Set<String> checkedScopes(Collection<String> scopes) {
    Set<String> checked = new TreeSet<>();
    scopes.stream().map(NameRules::checkedScope).forEach(checked::add);
    requireSome("scopes", checked, "a token without scopes");
    int length = String.join(" ", checked).length();
    if (length > NameRules.MAX_SCOPES_TEXT) {
      throw new IllegalArgumentException("scopes: " + length + " characters (expected: at most "
          + NameRules.MAX_SCOPES_TEXT + ", including the spaces between them)");
    }
    return Collections.unmodifiableSet(checked);
  }

  /** Returns ranges in their canonical form, if they are valid and there is at least one. */
  static Set<String> checkedAddresses(Collection<String> ranges) {
    Set<String> checked = new TreeSet<>();
    ranges.stream().map(range -> AddressRange.parse(range).toString()).forEach(checked::add);
    requireSome("allowedAddresses", checked, "a token that may be used from every address");
    int length = String.join(" ", checked).length();
    if (length > NameRules.MAX_ADDRESSES_TEXT) {
      throw new IllegalArgumentException("allowedAddresses: " + length
          + " characters (expected: at most " + NameRules.MAX_ADDRESSES_TEXT + ')');
    }
    return Collections.unmodifiableSet(checked);
  }

  /** An empty list is probably a mistake, such as a missing setting. */
  private static void requireSome(String property, Set<String> values, String alternative) {
    if (values.isEmpty()) {
      throw new IllegalArgumentException(property + ": none (expected: at least one; for "
          + alternative + ", do not call this method)");
    }
  }
}
