package io.counterfoil.http;

import static io.counterfoil.http.ApiFixture.text;
import static io.counterfoil.http.FakeRequest.get;
import static io.counterfoil.http.FakeRequest.post;
import static org.assertj.core.api.Assertions.assertThat;

import io.counterfoil.KnownScopes;
import io.counterfoil.NewToken;
import io.counterfoil.Token;
import io.counterfoil.TokenManager;
import io.counterfoil.Verdict;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Scopes that the host knows, and scopes that imply others. */
class TokenApiScopesTest {
  private static final KnownScopes KNOWN = KnownScopes.none()
      .scope("read", "See <servers>")
      .scope("write", "", "read")
      .scope("admin", "Do everything", "write")
      .scope("other", "Something else");

  private final ApiFixture fixture = ApiFixture.knowing(KNOWN);

  private Verdict.Accepted having(String... scopes) {
    return fixture.accepted(NewToken.named("caller").scopes(scopes));
  }

  private int status(FakeRequest request, Verdict.Accepted caller) {
    return fixture.api.handle(request.with(caller)).status();
  }

  @Test
  void the_known_scopes_are_listed_in_the_order_of_the_host() {
    String expected = "{\"success\":true,\"obj\":["
        + "{\"scope\":\"read\",\"description\":\"See <servers>\",\"implies\":[]},"
        + "{\"scope\":\"write\",\"description\":\"\",\"implies\":[\"read\"]},"
        + "{\"scope\":\"admin\",\"description\":\"Do everything\",\"implies\":[\"read\",\"write\"]},"
        + "{\"scope\":\"other\",\"description\":\"Something else\",\"implies\":[]}]}";
    assertThat(text(fixture.send(get("/scopes")))).isEqualTo(expected);
    assertThat(text(fixture.api.scopes().handle(get("").with(fixture.admin)))).isEqualTo(expected);
    fixture.assertRefused(post("/scopes", "{}"), 405);
    fixture.assertRefused(fixture.api, get("/scopes"), 403);
  }

  @Test
  void the_list_is_empty_if_every_scope_is_allowed() {
    assertThat(text(new ApiFixture().send(get("/scopes"))))
        .isEqualTo("{\"success\":true,\"obj\":[]}");
  }

  @Test
  void a_token_cannot_get_an_unknown_scope() {
    Verdict.Accepted root = fixture.unrestricted();
    for (FakeRequest request : List.of(
        post("/create", "{\"name\":\"x\",\"scopes\":[\"read\",\"raed\"]}"),
        post("/update/1", "{\"scopes\":[\"read\",\"raed\"]}"))) {
      assertThat(text(fixture.assertRefused(fixture.api, request.with(root), 400)))
          .isEqualTo(
              "{\"success\":false,"
                  + "\"msg\":\"scopes: one of them is not known (expected: read, write, admin, other, *)\"}");
    }
    assertThat(status(post("/update/1", "{\"scopes\":[\"*\"]}"), root)).isEqualTo(200);
  }

  @Test
  void a_stored_scope_that_is_not_known_any_more_stays_until_the_scopes_are_edited() {
    withoutKnownScopes().create(NewToken.named("old").scopes("gone", "read"));
    Verdict.Accepted root = fixture.unrestricted();
    assertThat(status(post("/update/2", "{\"name\":\"new\"}"), root)).isEqualTo(200);
    assertThat(fixture.tokens.find(2)).map(Token::scopes).contains(Set.of("gone", "read"));
    fixture.assertRefused(
        fixture.api, post("/update/2", "{\"scopes\":[\"gone\"]}").with(root), 400);
  }

  @ParameterizedTest // nobody gains rights by implications
  @CsvSource({
    "admin, read, true",
    "admin, write, true",
    "admin, admin, true",
    "admin, other, false",
    "admin, *, false",
    "write, read, true",
    "write, admin, false",
    "read, write, false",
    "read, admin, false",
    "other, read, false",
    "*, admin, true",
    "*, *, true"
  })
  void a_caller_manages_tokens_with_the_scopes_that_its_own_imply(
      String held, String wanted, boolean allowed) {
    Verdict.Accepted caller = having(held);
    long id =
        fixture.tokens.create(NewToken.named("token").scopes(wanted)).token().id();
    long plain = fixture.tokens.create(NewToken.named("plain")).token().id();
    int expected = allowed ? 200 : 403;
    String scopes = "\"scopes\":[\"" + wanted + "\"]}";
    assertThat(status(post("/create", "{\"name\":\"new\"," + scopes), caller)).isEqualTo(expected);
    assertThat(status(post("/update/" + plain, '{' + scopes), caller)).isEqualTo(expected);
    assertThat(status(post("/update/" + id, "{\"name\":\"x\"}"), caller)).isEqualTo(expected);
    assertThat(status(post("/rotate/" + id, "{\"overlapSeconds\":0}"), caller)).isEqualTo(expected);
    assertThat(status(post("/disable", "{\"ids\":[" + id + "]}"), caller)).isEqualTo(expected);
    assertThat(status(post("/setEnabled/" + id, "{\"enabled\":true}"), caller)).isEqualTo(expected);
    assertThat(status(post("/delete/" + id), caller)).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({"admin, read, 200", "write, read, 200", "read, write, 403", "read, admin, 403"})
  void the_scopes_that_a_policy_names_imply_others_too(String named, String wanted, int status) {
    TokenApi api =
        TokenApi.of(fixture.tokens, request -> Optional.of(Caller.user("ann").scopes(named)));
    FakeRequest create = post("/create", "{\"name\":\"new\",\"scopes\":[\"" + wanted + "\"]}");
    assertThat(api.handle(create).status()).isEqualTo(status);
  }

  @Test // the login of a request adds nothing to its token
  void a_policy_that_names_more_scopes_gives_a_token_only_those_that_its_own_imply() {
    Verdict.Accepted writer = fixture.accepted(NewToken.named("w").owner("ann").scopes("write"));
    for (Caller named :
        List.of(Caller.user("ann").scopes("admin", "other"), Caller.user("ann").unrestricted())) {
      TokenApi api = TokenApi.of(fixture.tokens, request -> Optional.of(named));
      for (String wider : List.of("admin", "other", "*")) {
        fixture.assertRefused(
            api,
            post("/create", "{\"name\":\"x\",\"scopes\":[\"" + wider + "\"]}").with(writer),
            403);
      }
      FakeRequest create =
          post("/create", "{\"name\":\"" + named.hashCode() + "\",\"scopes\":[\"read\"]}");
      assertThat(api.handle(create.with(writer)).status()).isEqualTo(200);
    }
  }

  @Test
  void a_policy_that_names_fewer_scopes_takes_the_others_from_a_token() {
    Verdict.Accepted all = fixture.accepted(NewToken.named("all").owner("ann").unrestricted());
    TokenApi api =
        TokenApi.of(fixture.tokens, request -> Optional.of(Caller.user("ann").scopes("write")));
    fixture.assertRefused(
        api, post("/create", "{\"name\":\"x\",\"scopes\":[\"admin\"]}").with(all), 403);
    FakeRequest create = post("/create", "{\"name\":\"x\",\"scopes\":[\"read\",\"write\"]}");
    assertThat(api.handle(create.with(all)).status()).isEqualTo(200);
  }

  @ParameterizedTest
  @ValueSource(strings = {"read", "write", "admin", "*"})
  void a_policy_for_tokens_with_a_scope_admits_those_whose_scopes_imply_it(String held) {
    TokenApi api = TokenApi.of(fixture.tokens, ManagementPolicy.tokensWith("read"));
    assertThat(api.handle(get("").with(having(held))).status()).isEqualTo(200);
    fixture.assertRefused(api, get("").with(fixture.admin), 403);
  }

  /** Returns a manager of the same tokens with other settings. */
  private TokenManager withoutKnownScopes() {
    return TokenManager.builder(fixture.store)
        .clock(fixture.clock)
        .recordNoUses()
        .build();
  }

  @Test
  void the_scopes_of_an_answer_are_those_that_were_granted() {
    fixture.tokens.create(NewToken.named("a").scopes("admin"));
    assertThat(text(fixture.send(get("/2")))).contains("\"scopes\":[\"admin\"]");
    assertThat(text(fixture.send(get("").query("scope=read")))).doesNotContain("\"id\":2,");
  }
}
