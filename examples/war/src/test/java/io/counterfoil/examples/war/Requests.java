package io.counterfoil.examples.war;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Requests to the application, to the byte. */
final class Requests {
  private Requests() {}

  static String get(String page, String plaintext) {
    return request("GET", page) + bearer(plaintext) + "\r\n";
  }

  static String getWithoutToken(String page) {
    return request("GET", page) + "\r\n";
  }

  static String post(String page, String plaintext, String json) {
    return request("POST", page) + bearer(plaintext) + "Content-Type: application/json\r\n"
        + "Content-Length: " + json.length() + "\r\n\r\n" + json;
  }

  private static String request(String method, String page) {
    return method + " /tokens/api/" + page
        + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n";
  }

  private static String bearer(String plaintext) {
    return "Authorization: Bearer " + plaintext + "\r\n";
  }

  /** What the application has put beside its database. */
  static String firstToken(Path database) throws IOException {
    try (Stream<Path> files = Files.list(database)) {
      List<Path> first = files
          .filter(file -> file.getFileName().toString().startsWith("first-token-"))
          .toList();
      assertThat(first).hasSize(1);
      return Files.readString(first.get(0));
    }
  }
}
