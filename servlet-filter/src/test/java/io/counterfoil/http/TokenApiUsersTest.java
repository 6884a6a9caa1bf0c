package io.counterfoil.http;

import static io.counterfoil.http.ApiFixture.text;
import static io.counterfoil.http.FakeRequest.get;
import static io.counterfoil.http.FakeRequest.post;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.counterfoil.NewToken;
import io.counterfoil.Token;
import io.counterfoil.Verdict;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Callers without a token: users that the host itself has logged in, and hosts without users. */
class TokenApiUsersTest {
  private final ApiFixture fixture = new ApiFixture();

  private TokenApi as(Caller caller) {
    return TokenApi.of(fixture.tokens, request -> Optional.of(caller));
  }

  private static FakeRequest create(String scope) {
    return post("/create", "{\"name\":\"new\",\"scopes\":[\"" + scope + "\"]}");
  }

  @Test // M1
  void a_user_may_grant_no_scope_until_the_host_says_which() {
    for (Caller caller : List.of(
        Caller.user("ann"),
        Caller.user("ann").ofAllOwners(),
        Caller.withoutOwner(),
        Caller.user("ann").scopes(),
        Caller.user("ann").scopes(Set.of()),
        Caller.user("ann").unrestricted().scopes(Set.of()))) {
      for (String scope : List.of("read", "*")) {
        fixture.assertRefused(as(caller), create(scope), 403);
      }
    }
    ApiResponse plain = as(Caller.user("ann")).handle(post("/create", "{\"name\":\"plain\"}"));
    assertThat(plain.status()).isEqualTo(200);
    assertThat(fixture.tokens.find("ann", "plain"))
        .hasValueSatisfying(token -> assertThat(token.scopes()).isEmpty());
  }

  @Test // M1
  void a_user_grants_and_manages_only_the_scopes_that_the_host_names() {
    fixture.tokens.create(NewToken.named("deployer").owner("ann").scopes("deploy", "read"));
    TokenApi api = as(Caller.user("ann").scopes("read", "write"));
    fixture.assertRefused(api, create("deploy"), 403);
    fixture.assertRefused(api, create("read\",\"deploy"), 403);
    fixture.assertRefused(api, create("*"), 403);
    for (FakeRequest change : List.of(
        post("/setEnabled/2", "{\"enabled\":false}"),
        post("/rotate/2", "{\"overlapSeconds\":0}"),
        post("/delete/2").json("{}"))) {
      fixture.assertRefused(api, change, 403);
    }
    assertThat(text(api.handle(get("")))).contains("\"name\":\"deployer\"");
    assertThat(api.handle(create("read\",\"write")).status()).isEqualTo(200);
    assertThat(fixture.tokens.find("ann", "new"))
        .map(Token::scopes)
        .contains(Set.of("read", "write"));
  }

  @Test // M1: a policy that asks for the user first
  void a_login_adds_no_rights_to_the_token_of_the_same_request() {
    fixture.tokens.create(NewToken.named("deployer").owner("ann").scopes("deploy"));
    Verdict.Accepted anns = fixture.accepted(NewToken.named("bot").owner("ann").scopes("read"));
    TokenApi api = as(Caller.user("ann").unrestricted().ofAllOwners());
    for (FakeRequest change : List.of(
        create("deploy"),
        create("*"),
        post("/rotate/2", "{\"overlapSeconds\":0}"),
        post("/delete/1").json("{}"))) {
      ApiResponse response = api.handle(change.with(anns));
      assertThat(response.status()).isBetween(403, 404);
    }
    assertThat(text(api.handle(get("").with(anns)))).doesNotContain("\"id\":1,");
    assertThat(api.handle(create("read").with(anns)).status()).isEqualTo(200);
  }

  @Test // M1
  void a_login_does_not_act_with_the_token_of_somebody_else() {
    Verdict.Accepted bobs = fixture.accepted(NewToken.named("bot").owner("bob").unrestricted());
    fixture.assertRefused(as(Caller.user("ann").unrestricted()), create("read").with(bobs), 403);
    fixture.assertRefused(as(Caller.user("ann")), get("").with(bobs), 403);
  }

  @Test // M1
  void a_token_that_only_the_policy_names_does_not_replace_the_token_of_the_request() {
    Verdict.Accepted bobs = fixture.accepted(NewToken.named("bot").owner("bob"));
    Verdict.Accepted anns = fixture.accepted(NewToken.named("all").owner("ann").unrestricted());
    fixture.assertRefused(as(Caller.token(anns)), create("read").with(bobs), 403);
  }

  @Test // M1
  void an_unrestricted_user_grants_every_scope() {
    for (UnaryOperator<Caller> rights :
        List.<UnaryOperator<Caller>>of(Caller::unrestricted, caller -> caller.scopes("*"))) {
      for (String scope : List.of("*", "deploy")) {
        String owner = "ann" + scope + rights.hashCode();
        TokenApi api = as(rights.apply(Caller.user(owner)));
        assertThat(api.handle(create(scope)).status()).isEqualTo(200);
        assertThat(fixture.tokens.find(owner, "new")).map(Token::scopes).contains(Set.of(scope));
      }
    }
  }

  @Test // M1
  void a_host_without_users_manages_the_tokens_without_an_owner() {
    fixture.tokens.create(NewToken.named("of ann").owner("ann"));
    TokenApi api = as(Caller.withoutOwner().unrestricted());
    assertThat(text(api.handle(get("")))).contains("\"id\":1").doesNotContain("\"id\":2");
    fixture.assertRefused(api, post("/delete/2").json("{}"), 404);
    assertThat(api.handle(create("deploy")).status()).isEqualTo(200);
    assertThat(fixture.tokens.find("", "new")).isPresent();
  }

  @ParameterizedTest // I1, M1: otherwise such a user would get 503 for ever
  @ValueSource(
      strings = {"", "token:zed", "token:", " zed", "zed\nzed", "zed\u202ezed", "\ud800zed"})
  void a_user_name_that_cannot_be_an_owner_is_answered_403_with_the_reason(String name) {
    requireRefused(name);
  }

  @Test // I1, M1
  void a_user_name_that_is_too_long_is_answered_403_with_the_reason() {
    requireRefused("zed".repeat(100));
  }

  @Test // M1: e-mail addresses and subjects of OpenID Connect
  void a_user_name_may_have_255_code_points() {
    String name = "\ud83d\ude00".repeat(255);
    ApiResponse response = as(Caller.user(name)).handle(post("/create", "{\"name\":\"new\"}"));
    assertThat(response.status()).isEqualTo(200);
    assertThat(fixture.tokens.find(name, "new")).isPresent();
    requireRefused(name + 'z');
  }

  private void requireRefused(String name) {
    TokenApi api = TokenApi.of(
        fixture.tokens,
        request -> Optional.of(Caller.user(name).unrestricted().ofAllOwners()),
        SelfService.values());
    for (ApiHandler handler : List.of(api.description("/api"), api.list())) {
      fixture.assertRefused(handler, get(""), 403);
    }
    for (FakeRequest request : List.of(
        get(""),
        get("/nothing"),
        post("/create", "{\"name\":\"x\"}"),
        post("/setEnabled/1", "{\"enabled\":false}"),
        post("/rotate/1", "{\"overlapSeconds\":0}"),
        post("/delete/1").json("{}"))) {
      ApiResponse response = fixture.assertRefused(api, request, 403);
      assertThat(text(response))
          .contains("this user name cannot own tokens; owner: ", "(expected: ")
          .doesNotContain("zed");
      assertThat(request.bodyOpened()).isZero();
    }
    assertThatIllegalArgumentException().isThrownBy(() -> Caller.user(name));
  }

  @Test
  void a_user_with_many_roles_is_not_refused() {
    List<String> many = IntStream.range(0, 1000).mapToObj(i -> "role:" + i).toList();
    TokenApi api = as(Caller.user("ann").scopes(many));
    assertThat(api.handle(create("role:999")).status()).isEqualTo(200);
  }

  @Test // a role of the host need not be a scope, and must not make the request fail
  void a_role_that_no_token_can_have_as_a_scope_gives_no_right() {
    TokenApi api = as(
        Caller.user("ann").scopes("read", "", "Domain Admins", "a\"b", "\u00e4", "x".repeat(1001)));
    assertThat(api.handle(create("read")).status()).isEqualTo(200);
    fixture.assertRefused(api, create("Domain"), 403);
  }
}
