package io.counterfoil;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * The scopes that a host knows, each with a description for people and the scopes that it implies.
 *
 * <p>A host can declare that {@code servers:write} implies {@code servers:read}. A token with the first scope then has the
 * rights of the second, too. Implied scopes imply further ones. The scope {@link Token#UNRESTRICTED} is always known. It gives
 * every right, and implies no scope. Immutable: each method returns a new object.
 */
@CheckReturnValue
public final class KnownScopes {
  private static final KnownScopes NONE = new KnownScopes(Map.of());

  private final Map<String, Entry> entries;

  private record Entry(String description, Set<String> implied) {}

  private KnownScopes(Map<String, Entry> entries) {
    this.entries = entries;
  }

  /** Returns a value without scopes. A manager that knows no scopes allows all of them. */
  public static KnownScopes none() {
    return NONE;
  }

  /**
   * Adds a scope.
   *
   * @param scope a scope-token of RFC 6749 section 3.3
   * @param description what a token with this scope may do, for people: at most 200 code points; may be empty
   * @param implies the scopes that it implies, which are added before
   * @throws IllegalArgumentException if a text is not a scope, if the description is refused as by {@link
   *     NewToken#description}, if the scope is {@link Token#UNRESTRICTED} or was added before, or
   *     if an implied scope was not added before. So no scope can imply itself
   */
  public KnownScopes scope(String scope, String description, String... implies) {
    if (NameRules.checkedScope(scope).equals(Token.UNRESTRICTED) || entries.containsKey(scope)) {
      throw new IllegalArgumentException(
          "scope: " + scope + " (expected: each scope once, and not *, which is always known)");
    }
    Set<String> implied = new TreeSet<>();
    for (String other : implies) {
      Entry known = entries.get(other);
      if (known == null) {
        throw new IllegalArgumentException(
            "implies: " + LogSanitizer.quote(other) + " (expected: a scope that was added before)");
      }
      implied.add(other);
      implied.addAll(known.implied());
    }
    Map<String, Entry> more = new LinkedHashMap<>(entries);
    more.put(
        scope,
        new Entry(NameRules.checkedDescription(description), Collections.unmodifiableSet(implied)));
    return new KnownScopes(Collections.unmodifiableMap(more));
  }

  /** Returns the scopes in the order in which they were added; empty if every scope is allowed. */
  public Set<String> scopes() {
    return entries.keySet();
  }

  /** Returns the description of a scope; the empty text if the scope is not known. */
  public String description(String scope) {
    return entries.getOrDefault(scope, new Entry("", Set.of())).description();
  }

  /** Returns all scopes that a scope implies, directly or not; empty if the scope is not known. */
  public Set<String> impliedBy(String scope) {
    return entries.getOrDefault(scope, new Entry("", Set.of())).implied();
  }

  /** Returns these scopes together with those that they imply. */
  public Set<String> effective(Set<String> scopes) {
    if (scopes.stream().allMatch(scope -> scopes.containsAll(impliedBy(scope)))) {
      return scopes;
    }
    Set<String> effective = new TreeSet<>(scopes);
    scopes.forEach(scope -> effective.addAll(impliedBy(scope)));
    return Collections.unmodifiableSet(effective);
  }

  /**
   * Rejects scopes that are not known.
   *
   * @throws PolicyException if one of them is not known; its message lists those that are
   */
  void require(Set<String> scopes) {
    boolean isKnown = scopes.stream()
        .allMatch(scope -> entries.containsKey(scope) || scope.equals(Token.UNRESTRICTED));
    if (!entries.isEmpty() && !isKnown) { // not quoted: it may be a misplaced plaintext
      throw new PolicyException("scopes: one of them is not known (expected: "
          + String.join(", ", entries.keySet()) + ", *)");
    }
  }

  Token effective(Token token) {
    return entries.isEmpty() ? token : token.withEffectiveScopes(effective(token.scopes()));
  }

  @Override
  public String toString() {
    return "KnownScopes" + entries.keySet();
  }
}
