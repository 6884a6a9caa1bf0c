package io.counterfoil.clusters.checker;

/**
 * A token as a call showed it.
 *
 * @param name owner and name, in the form of {@link Operation#name}
 * @param description the description, which is a version
 * @param scopes the scopes, joined with commas; normally one scope, which is the same version
 */
public record Row(long id, String name, boolean enabled, String description, String scopes) {

  /** Returns the id, whether it is enabled, and the versions. */
  String text() {
    return id + (enabled ? " enabled " : " disabled ") + description + ' ' + scopes;
  }
}
