package io.counterfoil.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.Base64;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/** A place in a request where a check accepts a token. */
enum Door {
  BEARER("Authorization", "Bearer ", settings -> settings),
  SCHEME("Authorization", "tOKEN  ", settings -> settings.scheme("Token")),
  HEADER("X-API-Key", "", settings -> settings.header("X-API-Key")),
  BASIC("Authorization", "", BearerAuthenticator.Builder::basicPassword) {
    @Override
    String value(String plaintext) {
      return basic("any user:" + plaintext);
    }
  };

  final String field;
  private final String prefix;
  private final UnaryOperator<BearerAuthenticator.Builder> opening;

  Door(String field, String prefix, UnaryOperator<BearerAuthenticator.Builder> opening) {
    this.field = field;
    this.prefix = prefix;
    this.opening = opening;
  }

  BearerAuthenticator.Builder open(BearerAuthenticator.Builder settings) {
    return opening.apply(settings);
  }

  /** Opens all doors. */
  static BearerAuthenticator.Builder openAll(BearerAuthenticator.Builder settings) {
    Stream.of(values()).forEach(door -> door.open(settings));
    return settings;
  }

  /** Returns the value of the field that presents a plaintext. */
  String value(String plaintext) {
    return prefix + plaintext;
  }

  FakeRequest present(String plaintext, FakeRequest request) {
    return request.field(field, value(plaintext));
  }

  static String basic(String userAndPassword) {
    return "Basic " + Base64.getEncoder().encodeToString(userAndPassword.getBytes(ISO_8859_1));
  }
}
