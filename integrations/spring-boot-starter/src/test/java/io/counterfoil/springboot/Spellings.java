package io.counterfoil.springboot;

import java.util.List;

/** Other ways to write the path {@code /api/hello}. */
final class Spellings {
  static final List<String> OF_HELLO = List.of(
      "//api/hello",
      "/api//hello",
      "/API/hello",
      "/api/hello/",
      "/api/hello;x",
      "/api;x/hello",
      "/;/api/hello",
      "/./api/hello",
      "/x/../api/hello",
      "/x/%2e%2e/api/hello",
      "/x/..;/api/hello",
      "/%61pi/hello",
      "/api%2fhello",
      "/%2fapi/hello",
      "/%5capi/hello",
      "/api/%68ello",
      "/api%00/hello");

  private Spellings() {}
}
