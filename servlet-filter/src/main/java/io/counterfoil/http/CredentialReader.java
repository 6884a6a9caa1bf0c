package io.counterfoil.http;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * Finds the credentials of a request: in {@code Authorization}, and in the header fields that the host has named.
 *
 * <p>A request may have one. This class finds all of them and does not choose, because nothing shows which one an attacker has
 * added.
 *
 * @param schemes the accepted schemes of {@code Authorization}; the first one is {@code Bearer}
 * @param fields the names of further header fields whose value is a token, in lower case
 * @param basic how a token is read from Basic credentials; empty if they are not accepted
 */
record CredentialReader(List<String> schemes, List<String> fields, Optional<BasicPassword> basic) {
  static final CredentialReader BEARER_ONLY =
      new CredentialReader(List.of(AuthorizationHeader.BEARER), List.of(), Optional.empty());

  CredentialReader {
    schemes = List.copyOf(schemes);
    fields = List.copyOf(fields);
  }

  CredentialReader andScheme(String scheme) {
    String checked = CredentialNames.scheme(scheme);
    return schemes.stream().anyMatch(checked::equalsIgnoreCase)
        ? this
        : new CredentialReader(plus(schemes, checked), fields, basic);
  }

  CredentialReader andField(String name) {
    String checked = CredentialNames.field(name).toLowerCase(Locale.ROOT);
    return fields.contains(checked)
        ? this
        : new CredentialReader(schemes, plus(fields, checked), basic);
  }

  /** Returns the names of all headers that are read, in lower case. */
  Set<String> headerNames() {
    Set<String> names = new HashSet<>(fields);
    names.add(AuthorizationHeader.NAME.toLowerCase(Locale.ROOT));
    return Set.copyOf(names);
  }

  /** Returns the message for a request with several credentials. */
  String repeatedMessage() {
    return fields.isEmpty()
        ? "the Authorization field may be sent once only"
        : "only one credential may be sent";
  }

  CredentialReader andBasic(BasicPassword newBasic) {
    return new CredentialReader(schemes, fields, Optional.of(newBasic));
  }

  private static List<String> plus(List<String> list, String more) {
    List<String> all = new ArrayList<>(list);
    all.add(more);
    return all;
  }

  /**
   * Returns each credential of a request. A repeated {@code Authorization} field counts as several, whatever its schemes are: it
   * is not a list (RFC 9110 section 11.6.2). A single one with another scheme is ignored.
   *
   * @param lines the values of {@code Authorization} in the request
   */
  List<Credential> read(List<String> lines, ApiRequest request) {
    List<Credential> all = new ArrayList<>(1); // rarely more
    if (lines.size() == 1) {
      ofAuthorization(lines.get(0)).ifPresent(all::add);
    } else {
      lines.forEach(line -> all.add(new Credential("", false)));
    }
    for (String field : fields) {
      request.headers(field).forEach(value -> all.add(new Credential(value, false)));
    }
    return all;
  }

  private Optional<Credential> ofAuthorization(String value) {
    for (String scheme : schemes) {
      if (AuthorizationHeader.hasScheme(value, scheme)) {
        return Optional.of(new Credential(
            AuthorizationHeader.credential(value, scheme),
            scheme.equals(AuthorizationHeader.BEARER)));
      }
    }
    return basic.isPresent() && AuthorizationHeader.hasScheme(value, BasicPassword.SCHEME)
        ? Optional.of(new Credential(
            basic.get().password(AuthorizationHeader.credential(value, BasicPassword.SCHEME)),
            false))
        : Optional.empty();
  }
}
