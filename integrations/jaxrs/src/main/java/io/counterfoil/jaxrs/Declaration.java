package io.counterfoil.jaxrs;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * What annotations require of a request.
 *
 * @param scopes the scopes that a token needs; empty unless the kind is {@link Kind#SCOPES}
 */
record Declaration(Kind kind, Set<String> scopes) {
  static final Declaration NONE = new Declaration(Kind.NONE, Set.of());
  static final Declaration WITHOUT_TOKEN = new Declaration(Kind.WITHOUT_TOKEN, Set.of());
  static final Declaration ANY_TOKEN = new Declaration(Kind.ANY_TOKEN, Set.of());

  /** The annotations are a mistake of the host. */
  static final Declaration INVALID = new Declaration(Kind.INVALID, Set.of());

  /** In the order of strictness. */
  enum Kind {
    NONE,
    WITHOUT_TOKEN,
    ANY_TOKEN,
    SCOPES,
    INVALID
  }

  /** Requires these scopes. No scopes would be a mistake, such as an empty constant. */
  static Declaration scopes(String... scopes) {
    return scopes.length == 0
        ? INVALID
        : new Declaration(Kind.SCOPES, new TreeSet<>(List.of(scopes)));
  }

  /** Returns the stricter one of two declarations, or one with the scopes of both. */
  Declaration and(Declaration other) {
    if (kind != other.kind) {
      return kind.compareTo(other.kind) > 0 ? this : other;
    }
    Set<String> all = new TreeSet<>(scopes);
    all.addAll(other.scopes);
    return new Declaration(kind, all);
  }

  /** Returns this declaration if it requires scopes. */
  Declaration onlyScopes() {
    return kind.compareTo(Kind.SCOPES) >= 0 ? this : NONE;
  }

  /** Returns the declaration of a method with this one in a class with the other one. */
  Declaration in(Declaration ofClasses) {
    return kind == Kind.WITHOUT_TOKEN || kind == Kind.ANY_TOKEN ? this : and(ofClasses);
  }
}
