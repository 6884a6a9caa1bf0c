package io.counterfoil.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.Base64;
import java.util.stream.Stream;

/** A place in a request where a check accepts a token. */
enum Door {
  BEARER,
  SCHEME,
  HEADER,
  BASIC;

  BearerAuthenticator.Builder open(BearerAuthenticator.Builder settings) {
    return switch (this) {
      case BEARER -> settings;
      case SCHEME -> settings.scheme("Token");
      case HEADER -> settings.header("X-API-Key");
      case BASIC -> settings.basicPassword();
    };
  }

  /** Opens all doors. */
  static BearerAuthenticator.Builder openAll(BearerAuthenticator.Builder settings) {
    Stream.of(values()).forEach(door -> door.open(settings));
    return settings;
  }

  FakeRequest present(String plaintext, FakeRequest request) {
    return switch (this) {
      case BEARER -> request.field("Authorization", "Bearer " + plaintext);
      case SCHEME -> request.field("Authorization", "tOKEN  " + plaintext);
      case HEADER -> request.field("X-API-Key", plaintext);
      case BASIC -> request.field("Authorization", basic("any user:" + plaintext));
    };
  }

  static String basic(String userAndPassword) {
    return "Basic " + Base64.getEncoder().encodeToString(userAndPassword.getBytes(ISO_8859_1));
  }
}
