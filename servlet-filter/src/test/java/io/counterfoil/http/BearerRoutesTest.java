package io.counterfoil.http;

import static io.counterfoil.http.ApiFixture.text;
import static org.assertj.core.api.Assertions.assertThat;

import io.counterfoil.NewToken;
import io.counterfoil.Verdict;
import io.counterfoil.http.BearerAuthenticator.Granted;
import io.counterfoil.http.BearerAuthenticator.Outcome;
import io.counterfoil.http.BearerAuthenticator.Passed;
import io.counterfoil.http.BearerAuthenticator.Refused;
import java.util.List;
import org.junit.jupiter.api.Test;

/** M1: a check that goes by a table lets a token do what a row says, and nothing else. */
class BearerRoutesTest {
  private static final String UNCOVERED = "403 Bearer realm=\"api\", error=\"insufficient_scope\""
      + " {\"success\":false,\"msg\":\"no token may do this here\"}";

  private final ApiFixture fixture = new ApiFixture();
  private final RouteScopes table = RouteScopes.builder()
      .scope("read", "GET /servers/**")
      .scope("write", "POST /servers")
      .anyToken("GET /version")
      .build();
  private final BearerAuthenticator bearer =
      BearerAuthenticator.builder(fixture.tokens).routes(table).build();
  private final String all = bearing(NewToken.named("all"));
  private final String reader = bearing(NewToken.named("reader").scopes("read"));

  private String bearing(NewToken wish) {
    return "Bearer " + fixture.tokens.create(wish).reveal();
  }

  @Test // C2
  void a_token_does_what_its_scopes_and_the_rows_say() {
    assertThat(bearer.check("GET", "/servers/7", List.of(reader))).isInstanceOf(Granted.class);
    assertThat(bearer.check("HEAD", "/servers/7", List.of(reader))).isInstanceOf(Granted.class);
    assertThat(bearer.check("GET", "/version", List.of(reader))).isInstanceOf(Granted.class);
    assertThat(bearer.check("POST", "/servers", List.of(all))).isInstanceOf(Granted.class);
    assertThat(answer(bearer.check("POST", "/servers", List.of(reader))))
        .isEqualTo("403 Bearer realm=\"api\", error=\"insufficient_scope\", scope=\"write\""
            + " {\"success\":false,\"msg\":\"the token lacks the scope that is needed here\"}");
  }

  @Test
  void what_no_row_covers_is_refused_to_a_token_with_all_rights_too() {
    assertThat(answer(bearer.check("DELETE", "/servers", List.of(all)))).isEqualTo(UNCOVERED);
    assertThat(answer(bearer.check("GET", "/", List.of(all)))).isEqualTo(UNCOVERED);
    assertThat(answer(bearer.check("GET", "/servers/../x", List.of(all)))).isEqualTo(UNCOVERED);
  }

  @Test
  void a_request_of_which_nothing_is_known_is_covered_by_no_row() {
    assertThat(answer(bearer.check(List.of(all)))).isEqualTo(UNCOVERED);
    BearerAuthenticator everything = BearerAuthenticator.builder(fixture.tokens)
        .routes(RouteScopes.builder().anyToken("GET /**").build())
        .build();
    assertThat(answer(everything.check(List.of(all)))).isEqualTo(UNCOVERED);
    assertThat(answer(everything.check("GET", "", List.of(all)))).isEqualTo(UNCOVERED);
  }

  @Test // C6: which routes there are is told to nobody without a token
  void strangers_hear_the_same_on_every_route() {
    for (String path : List.of("/version", "/servers", "/nothing", "/..", "")) {
      assertThat(answer(bearer.check("GET", path, List.of())))
          .startsWith("401 Bearer realm=\"api\" {");
      assertThat(answer(bearer.check("GET", path, List.of("Bearer x"))))
          .startsWith("401 Bearer realm=\"api\", error=\"invalid_token\" {");
      assertThat(answer(bearer.check("GET", path, List.of(all, all)))).startsWith("400 ");
    }
  }

  @Test
  void who_comes_without_a_token_is_passed_on_and_who_comes_with_one_is_not() {
    BearerAuthenticator passing = BearerAuthenticator.builder(fixture.tokens)
        .routes(table)
        .passWithoutBearer()
        .hideExistence()
        .build();
    assertThat(passing.check("DELETE", "/x", List.of())).isEqualTo(new Passed());
    assertThat(answer(passing.check("DELETE", "/x", List.of(all)))).isEqualTo(UNCOVERED);
    assertThat(answer(passing.check("GET", "/servers", List.of("Bearer x")))).startsWith("404 ");
  }

  @Test
  void a_scope_for_all_is_demanded_besides_that_of_the_row() {
    BearerAuthenticator strict =
        BearerAuthenticator.builder(fixture.tokens).routes(table).scope("api").build();
    String both = bearing(NewToken.named("both").scopes("api", "read"));
    String one = bearing(NewToken.named("one").scopes("api"));
    assertThat(strict.check("GET", "/servers", List.of(both))).isInstanceOf(Granted.class);
    assertThat(answer(strict.check("GET", "/servers", List.of(one)))).contains("scope=\"read\"");
    assertThat(answer(strict.check("GET", "/version", List.of(reader)))).contains("scope=\"api\"");
    assertThat(answer(strict.check("PUT", "/version", List.of(both)))).isEqualTo(UNCOVERED);
  }

  @Test // D4: and it is no second use
  void a_token_that_was_accepted_is_judged_elsewhere_without_the_store() {
    Verdict.Accepted accepted =
        ((Granted) bearer.check("GET", "/servers", List.of(reader))).accepted();
    assertThat(fixture.store.lookups()).isPositive();
    assertThat(bearer.check("GET", "/version", accepted)).isEqualTo(new Granted(accepted));
    assertThat(answer(bearer.check("POST", "/servers", accepted))).contains("scope=\"write\"");
    assertThat(answer(bearer.check("POST", "/x", accepted))).isEqualTo(UNCOVERED);
    assertThat(fixture.store.lookups()).isZero();
  }

  @Test
  void without_a_table_a_path_makes_no_difference() {
    BearerAuthenticator plain = BearerAuthenticator.builder(fixture.tokens).build();
    assertThat(plain.check("BREW", "/..;/x", List.of(reader))).isInstanceOf(Granted.class);
    assertThat(plain.check("GET", "", List.of())).isInstanceOf(Refused.class);
  }

  private static String answer(Outcome outcome) {
    ApiResponse answer = ((Refused) outcome).answer();
    return answer.status() + " " + answer.headers().get("WWW-Authenticate") + ' ' + text(answer);
  }
}
