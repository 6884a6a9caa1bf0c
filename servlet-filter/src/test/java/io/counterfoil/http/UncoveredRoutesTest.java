package io.counterfoil.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** The routes of a host that a table does not cover. */
class UncoveredRoutesTest {

  @Test // M1
  void uncovered_routes_are_returned_in_their_order() {
    RouteScopes table = RouteScopes.builder()
        .scope("servers", "GET /servers/*", "POST /servers", "GET /me")
        .anyToken("GET /docs/**")
        .build();
    assertThat(table.uncovered(List.of(
            "GET /servers/{id}",
            "GET /servers/*",
            "GET /servers/me",
            "HEAD /servers/{server-id}",
            "POST /servers",
            "GET /docs",
            "GET /docs/**",
            "GET /docs/a/{b}/c")))
        .isEmpty();
    List<String> open = List.of(
        "DELETE /servers/{id}",
        "GET /servers",
        "GET /servers/{id}/logs",
        "GET /servers/**",
        "GET /{name}",
        "GET /me/",
        "GET /ME",
        "GET /**",
        "HEAD /servers",
        "OPTIONS /servers",
        "GET /docs/");
    assertThat(table.uncovered(open)).isEqualTo(open);
    assertThat(table.uncovered(List.of("GET /me", "GET /x", "POST /servers", "GET /y")))
        .containsExactly("GET /x", "GET /y");
  }

  @Test // M1: a route in an unknown syntax must not count as covered
  void unreadable_routes_are_returned_as_uncovered() {
    RouteScopes all = RouteScopes.builder().anyToken("GET /**").build();
    List<String> unreadable = List.of(
        "",
        "/servers",
        "get /servers",
        "GET servers",
        "ANY /servers",
        "GET /servers/{id:[0-9]+}",
        "GET /servers/{path...}",
        "GET /servers/{*path}",
        "GET /servers/{id}.json",
        "GET /servers/{}",
        "GET /a/../b",
        "GET /servers?x");
    assertThat(all.uncovered(unreadable)).isEqualTo(unreadable);
  }
}
