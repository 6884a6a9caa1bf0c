package io.counterfoil;

import org.jspecify.annotations.Nullable;

/**
 * A token, a user of the host, or the system, as named in events and the audit log.
 *
 * <p>An actor has no rights: it is recorded and never checked. Immutable.
 */
public final class Actor {
  /**
   * The host itself, for example a scheduled job or its command line. It is the actor of a change for which no other one is
   * given.
   */
  public static final Actor SYSTEM = new Actor("system");

  /** A caller that did not prove which token or user it is. */
  public static final Actor ANONYMOUS = new Actor("anonymous");

  private final String text;

  private Actor(String text) {
    this.text = text;
  }

  /** Returns the token with this id. */
  public static Actor token(long id) {
    return new Actor("token:" + id);
  }

  /**
   * Returns the user with this name, whom the host has logged in.
   *
   * @throws IllegalArgumentException if the name is empty
   */
  public static Actor user(String name) {
    if (name.isEmpty()) {
      throw new IllegalArgumentException("actor: empty (expected: the name of a user)");
    }
    return new Actor("user:" + name);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Actor that && text.equals(that.text);
  }

  @Override
  public int hashCode() {
    return text.hashCode();
  }

  /** Returns {@code token:5}, {@code user:ann}, {@code system} or {@code anonymous}. The name of a user is not escaped. */
  @Override
  public String toString() {
    return text;
  }
}
