package io.counterfoil.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.Base64;
import java.util.List;
import java.util.Optional;

/**
 * Takes a token from the password of Basic credentials (RFC 7617 section 2).
 *
 * @param userName the user name that clients must send; any, even an empty one, if it is absent
 */
record BasicPassword(Optional<String> userName) {
  static final String SCHEME = "Basic";

  private static final int MAX_USER_NAME = 255;

  /** In Base64. Leaves room for the longest token and a user name of 500 bytes, and limits the text that is decoded. */
  private static final int MAX_LENGTH = 1024;

  static BasicPassword ofUser(String name) {
    boolean legal = !name.isEmpty()
        && name.length() <= MAX_USER_NAME
        && name.chars().allMatch(c -> c >= ' ' && c < 0x7f && c != ':');
    if (!legal) {
      throw new IllegalArgumentException("basicPassword: " + Json.escaped(name)
          + " (expected: 1 to " + MAX_USER_NAME + " printable ASCII characters without a colon)");
    }
    return new BasicPassword(Optional.of(name));
  }

  /**
   * Returns the password, whose bytes become characters one by one: a token is ASCII. Empty if the credentials are malformed or
   * have another user name. A malformed text could be one that another parser reads in another way, so only the one encoding
   * that all clients use is accepted: Base64 with padding, without line breaks.
   */
  String password(String credentials) {
    Optional<String> decoded = decoded(credentials);
    int colon = decoded.map(text -> text.indexOf(':')).orElse(-1);
    if (colon < 0) {
      return "";
    }
    String name = decoded.get().substring(0, colon);
    return userName.isEmpty() || userName.get().equals(name)
        ? decoded.get().substring(colon + 1)
        : "";
  }

  private static Optional<String> decoded(String credentials) {
    if (credentials.length() > MAX_LENGTH) {
      return Optional.empty();
    }
    try {
      byte[] bytes = Base64.getDecoder().decode(credentials);
      // The decoder also accepts a missing padding, and bits that stand for nothing.
      return Base64.getEncoder().encodeToString(bytes).equals(credentials)
          ? Optional.of(new String(bytes, ISO_8859_1))
          : Optional.empty();
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  /**
   * Returns whether a request has Basic credentials. Browsers keep them and send them by themselves, so they protect against
   * forged requests no better than a cookie (CWE-352).
   */
  static boolean isIn(ApiRequest request) {
    return isIn(request.headers(AuthorizationHeader.NAME));
  }

  /** Returns whether one of these values of {@code Authorization} has Basic credentials. */
  static boolean isIn(List<String> values) {
    for (String value : values) {
      if (AuthorizationHeader.hasScheme(value, SCHEME)) {
        return true;
      }
    }
    return false;
  }
}
