package io.counterfoil.http;

import static io.counterfoil.http.ApiFixture.text;
import static org.assertj.core.api.Assertions.assertThat;

import io.counterfoil.KnownScopes;
import io.counterfoil.NewToken;
import io.counterfoil.TokenManager;
import io.counterfoil.http.BearerAuthenticator.Granted;
import io.counterfoil.http.BearerAuthenticator.Outcome;
import io.counterfoil.http.BearerAuthenticator.PassedOn;
import io.counterfoil.http.BearerAuthenticator.Refused;
import io.counterfoil.testing.CapturedLog;
import java.util.List;
import org.junit.jupiter.api.Test;

/** M1: with routes, a token may do what its route allows and nothing else. */
class BearerRoutesTest {
  private static final String UNCOVERED = "403 Bearer realm=\"api\", error=\"insufficient_scope\""
      + " {\"success\":false,\"msg\":\"no token may do this here\"}";

  private static final String HINT = " (a token that was created without scopes has none)";

  private final ApiFixture fixture = new ApiFixture();
  private final RouteScopes table = RouteScopes.builder()
      .scope("read", "GET /servers/**")
      .scope("write", "POST /servers")
      .anyToken("GET /version")
      .build();
  private final BearerAuthenticator bearer =
      BearerAuthenticator.builder(fixture.tokens).routes(table).build();
  private final String all = bearing(NewToken.named("all").unrestricted());
  private final String none = bearing(NewToken.named("none"));
  private final String reader = bearing(NewToken.named("reader").scopes("read"));

  private String bearing(NewToken newToken) {
    return "Bearer " + fixture.tokens.create(newToken).reveal();
  }

  @Test // C2
  void a_token_may_use_the_routes_that_its_scopes_cover() {
    assertThat(bearer.check("GET", "/servers/7", List.of(reader))).isInstanceOf(Granted.class);
    assertThat(bearer.check("HEAD", "/servers/7", List.of(reader))).isInstanceOf(Granted.class);
    assertThat(bearer.check("GET", "/version", List.of(reader))).isInstanceOf(Granted.class);
    assertThat(bearer.check("POST", "/servers", List.of(all))).isInstanceOf(Granted.class);
    assertThat(response(bearer.check("POST", "/servers", List.of(reader))))
        .isEqualTo(
            "403 Bearer realm=\"api\", error=\"insufficient_scope\", scope=\"write\""
                + " {\"success\":false,\"msg\":\"the token lacks the scope that is needed here: write\"}");
  }

  @Test // P2
  void a_token_without_scopes_may_use_only_the_routes_of_any_token() {
    assertThat(bearer.check("GET", "/version", List.of(none))).isInstanceOf(Granted.class);
    assertThat(response(bearer.check("GET", "/servers/7", List.of(none))))
        .isEqualTo("403 Bearer realm=\"api\", error=\"insufficient_scope\", scope=\"read\""
            + " {\"success\":false,\"msg\":\"the token lacks the scope that is needed here: read"
            + " (a token that was created without scopes has none)\"}");
    assertThat(response(bearer.check("POST", "/servers", List.of(none)))).startsWith("403 ");
  }

  @Test // P2
  void a_route_can_require_an_unrestricted_token() {
    BearerAuthenticator wholeHost = BearerAuthenticator.builder(fixture.tokens)
        .routes(RouteScopes.builder().scope("*", "POST /shutdown").build())
        .build();
    assertThat(wholeHost.check("POST", "/shutdown", List.of(all))).isInstanceOf(Granted.class);
    for (String token : List.of(none, reader)) {
      assertThat(response(wholeHost.check("POST", "/shutdown", List.of(token))))
          .contains("scope=\"*\"");
    }
  }

  private final RouteScopes several = RouteScopes.builder()
      .anyScope(List.of("read", "write"), "GET /a")
      .allScopes(List.of("read", "write"), "POST /a")
      .build();

  private ApiResponse several(String method, KnownScopes known, String... scopes) {
    TokenManager tokens = TokenManager.builder(fixture.store)
        .recordNoUses()
        .clock(fixture.clock)
        .knownScopes(known)
        .build();
    NewToken newToken = NewToken.named("several" + fixture.store.content().size());
    String plaintext =
        tokens.create(scopes.length == 0 ? newToken : newToken.scopes(scopes)).reveal();
    Outcome outcome = BearerAuthenticator.builder(tokens)
        .routes(several)
        .build()
        .check(method, "/a", List.of("Bearer " + plaintext));
    return outcome instanceof Refused refused ? refused.answer() : Responses.DONE;
  }

  @Test
  void a_route_may_require_one_of_several_scopes() {
    for (String sufficient : List.of("read", "write", "*")) {
      assertThat(several("GET", KnownScopes.none(), sufficient).status()).isEqualTo(200);
    }
    String refusal = "403 Bearer realm=\"api\", error=\"insufficient_scope\", scope=\"read write\""
        + " {\"success\":false,\"msg\":\"the token needs one of these scopes here: read write%s\"}";
    assertThat(response(new Refused(several("GET", KnownScopes.none()))))
        .isEqualTo(refusal.formatted(HINT));
    assertThat(response(new Refused(several("HEAD", KnownScopes.none(), "other"))))
        .isEqualTo(refusal.formatted(""));
  }

  @Test
  void a_route_may_require_all_of_several_scopes() {
    assertThat(several("POST", KnownScopes.none(), "write", "read", "x").status())
        .isEqualTo(200);
    assertThat(several("POST", KnownScopes.none(), "*").status()).isEqualTo(200);
    String refusal = "403 Bearer realm=\"api\", error=\"insufficient_scope\", scope=\"read write\""
        + " {\"success\":false,\"msg\":\"the token needs all of these scopes here: read write%s\"}";
    assertThat(response(new Refused(several("POST", KnownScopes.none()))))
        .isEqualTo(refusal.formatted(HINT));
    for (String one : List.of("read", "write")) {
      assertThat(response(new Refused(several("POST", KnownScopes.none(), one))))
          .isEqualTo(refusal.formatted(""));
    }
  }

  @Test
  void a_scope_that_implies_another_is_sufficient_for_its_routes() {
    KnownScopes known =
        KnownScopes.none().scope("read", "").scope("write", "", "read").scope("admin", "", "write");
    assertThat(several("POST", known, "write").status()).isEqualTo(200);
    assertThat(several("POST", known, "admin").status()).isEqualTo(200);
    assertThat(several("POST", known, "read").status()).isEqualTo(403);
    assertThat(several("GET", known, "admin").status()).isEqualTo(200);
  }

  @Test // D2: a host must be able to find out which route is missing
  void a_request_that_matches_no_route_is_logged_at_debug_and_escaped() {
    String log = CapturedLog.of(() -> {
      bearer.check("DELETE", "/servers/7", List.of(all));
      bearer.check("GET", "/a\r\nERROR \"x\u202e\u2028\u001b[2J\u007f\ud83d", List.of(all));
      bearer.check("GET", "", List.of(all));
      bearer.check("GET", "/nothing", List.of("Bearer x")); // not accepted
      bearer.check("POST", "/servers", List.of(reader)); // a route, but not the scope
    });
    assertThat(log.lines())
        .hasSize(3)
        .allMatch(line -> line.contains("DEBUG io.counterfoil.http - Answered 403"));
    assertThat(log)
        .contains("method=\"DELETE\" path=\"/servers/7\"\n")
        .contains("path=\"/a\\r\\nERROR \\\"x\\u202E\\u2028\\u001B[2J\\u007F\\uD83D\"\n")
        .contains("method=\"GET\" path=\"\"\n");
  }

  @Test
  void a_request_that_matches_no_route_is_refused_even_to_an_unrestricted_token() {
    assertThat(response(bearer.check("DELETE", "/servers", List.of(all)))).isEqualTo(UNCOVERED);
    assertThat(response(bearer.check("GET", "/", List.of(all)))).isEqualTo(UNCOVERED);
    assertThat(response(bearer.check("GET", "/servers/../x", List.of(all)))).isEqualTo(UNCOVERED);
  }

  @Test
  void a_request_without_method_and_path_matches_no_route() {
    assertThat(response(bearer.check(List.of(all)))).isEqualTo(UNCOVERED);
    BearerAuthenticator everything = BearerAuthenticator.builder(fixture.tokens)
        .routes(RouteScopes.builder().anyToken("GET /**").build())
        .build();
    assertThat(response(everything.check(List.of(all)))).isEqualTo(UNCOVERED);
    assertThat(response(everything.check("GET", "", List.of(all)))).isEqualTo(UNCOVERED);
  }

  @Test // C6: without a token nobody learns which routes exist
  void without_a_valid_token_every_route_answers_the_same() {
    for (String path : List.of("/version", "/servers", "/nothing", "/..", "")) {
      assertThat(response(bearer.check("GET", path, List.of())))
          .startsWith("401 Bearer realm=\"api\" {");
      assertThat(response(bearer.check("GET", path, List.of("Bearer x"))))
          .startsWith("401 Bearer realm=\"api\", error=\"invalid_token\" {");
      assertThat(response(bearer.check("GET", path, List.of(all, all)))).startsWith("400 ");
    }
  }

  @Test
  void requests_without_a_token_are_passed_on_and_requests_with_one_are_not() {
    BearerAuthenticator passing = BearerAuthenticator.builder(fixture.tokens)
        .routes(table)
        .passWithoutBearer()
        .hideExistence()
        .build();
    assertThat(passing.check("DELETE", "/x", List.of())).isEqualTo(new PassedOn());
    assertThat(response(passing.check("DELETE", "/x", List.of(all)))).isEqualTo(UNCOVERED);
    assertThat(response(passing.check("GET", "/servers", List.of("Bearer x")))).startsWith("404 ");
  }

  @Test
  void the_scope_of_the_filter_is_required_besides_the_scope_of_the_route() {
    BearerAuthenticator strict =
        BearerAuthenticator.builder(fixture.tokens).routes(table).scope("api").build();
    String both = bearing(NewToken.named("both").scopes("api", "read"));
    String one = bearing(NewToken.named("one").scopes("api"));
    assertThat(strict.check("GET", "/servers", List.of(both))).isInstanceOf(Granted.class);
    assertThat(response(strict.check("GET", "/servers", List.of(one)))).contains("scope=\"read\"");
    assertThat(response(strict.check("GET", "/version", List.of(reader))))
        .contains("scope=\"api\"");
    assertThat(response(strict.check("PUT", "/version", List.of(both)))).isEqualTo(UNCOVERED);
  }

  @Test // D4: the second check is not recorded as a use
  void an_accepted_token_is_checked_for_another_route_without_the_store() {
    Granted granted = (Granted) bearer.check("GET", "/servers", List.of(reader));
    assertThat(fixture.store.lookups()).isPositive();
    assertThat(bearer.check("GET", "/version", granted)).isSameAs(granted);
    assertThat(response(bearer.check("POST", "/servers", granted))).contains("scope=\"write\"");
    assertThat(response(bearer.check("POST", "/x", granted))).isEqualTo(UNCOVERED);
    assertThat(fixture.store.lookups()).isZero();
  }

  @Test
  void without_routes_the_path_makes_no_difference() {
    BearerAuthenticator plain = BearerAuthenticator.builder(fixture.tokens).build();
    assertThat(plain.check("BREW", "/..;/x", List.of(reader))).isInstanceOf(Granted.class);
    assertThat(plain.check("GET", "", List.of())).isInstanceOf(Refused.class);
  }

  private static String response(Outcome outcome) {
    ApiResponse response = ((Refused) outcome).answer();
    return response.status() + " "
        + response.headers().getOrDefault("WWW-Authenticate", List.of("null")).get(0) + ' '
        + text(response);
  }
}
