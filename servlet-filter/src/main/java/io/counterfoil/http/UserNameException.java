package io.counterfoil.http;

import io.counterfoil.NewToken;

/** Thrown for a user name that cannot be the owner of a token. The message does not quote the name. */
final class UserNameException extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;

  private UserNameException(String reason) {
    super("this user name cannot own tokens; " + reason);
  }

  /** Returns the name. The rules are those of core; but the empty owner stands for no user, so it is refused. */
  static String checked(String name) {
    if (name.isEmpty()) {
      throw new UserNameException("owner: empty (expected: the name of a user)");
    }
    try {
      return NewToken.named("any").owner(name).owner();
    } catch (IllegalArgumentException e) { // its message does not quote the owner
      throw new UserNameException(String.valueOf(e.getMessage()));
    }
  }
}
