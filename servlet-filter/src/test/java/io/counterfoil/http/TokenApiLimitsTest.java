package io.counterfoil.http;

import static io.counterfoil.http.ApiFixture.text;
import static io.counterfoil.http.FakeRequest.post;
import static org.assertj.core.api.Assertions.assertThat;

import io.counterfoil.NewToken;
import io.counterfoil.TokenManager;
import io.counterfoil.Verdict;
import io.counterfoil.testing.BrokenStore;
import java.time.Duration;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A request that exceeds a limit of the token manager gets 400 with the manager's message. */
class TokenApiLimitsTest {
  private final ApiFixture fixture = new ApiFixture();

  private TokenApi limited(UnaryOperator<TokenManager.Builder> limit) {
    TokenManager tokens =
        limit.apply(TokenManager.builder(fixture.store).clock(fixture.clock)).build();
    return TokenApi.of(tokens, ManagementPolicy.anyToken());
  }

  @Test // F2
  void exceeding_the_maximum_lifetime_is_answered_400_with_the_limit() {
    TokenApi api = limited(builder -> builder.maxLifetime(Duration.ofHours(24)));
    assertThat(refused(api, post("/create", "{\"name\":\"x\"}")))
        .isEqualTo("expiresAt: none (expected: at most PT24H from now)");
    assertThat(refused(api, post("/create", "{\"name\":\"x\",\"expiresAt\":1736086461}")))
        .isEqualTo("expiresAt: 2025-01-05T14:14:21Z (expected: at most PT24H from now)");
    assertThat(refused(api, post("/create", "{\"name\":\"x\",\"expiresIn\":86401}")))
        .isEqualTo("expiresIn: PT24H1S (expected: at most PT24H)");
    FakeRequest lifetime = post("/create", "{\"name\":\"y\",\"expiresIn\":86400}");
    assertThat(ApiFixture.text(api.handle(lifetime.with(fixture.admin))))
        .contains("\"expiresAt\":1736086400,");
    FakeRequest longest = post("/create", "{\"name\":\"x\",\"expiresAt\":1736086400}");
    assertThat(api.handle(longest.with(fixture.admin)).status()).isEqualTo(200);
  }

  @Test // F2
  void a_token_that_exceeds_the_current_maximum_lifetime_is_not_rotated() {
    fixture.tokens.create(
        NewToken.named("old").expiresAt(fixture.clock.instant().plusMillis(7_260_001)));
    TokenApi api = limited(builder -> builder.maxLifetime(Duration.ofHours(2)));
    assertThat(refused(api, post("/rotate/2", "{\"overlapSeconds\":0}")))
        .isEqualTo("expiresAt: 2025-01-04T16:14:20.001Z (expected: at most PT2H from now)");
  }

  @Test // J1
  void an_expiry_in_the_past_is_answered_400_with_the_reason() {
    assertThat(refused(fixture.api, post("/create", "{\"name\":\"x\",\"expiresAt\":1736000000}")))
        .isEqualTo("expiresAt: 2025-01-04T14:13:20Z (expected: in the future)");
  }

  @Test
  void an_owner_with_as_many_tokens_as_allowed_is_answered_409() {
    TokenApi api = limited(builder -> builder.maxTokensPerOwner(2));
    FakeRequest create = post("/create", "{\"name\":\"second\"}").with(fixture.admin);
    assertThat(api.handle(create).status()).isEqualTo(200);
    FakeRequest third = post("/create", "{\"name\":\"third\"}").with(fixture.admin);
    assertThat(text(fixture.assertRefused(api, third, 409)))
        .isEqualTo("{\"success\":false,\"msg\":\"the owner has as many tokens as allowed: 2\"}");
    assertThat(api.handle(post("/delete/2").with(fixture.admin)).status()).isEqualTo(200);
    assertThat(api.handle(third).status()).isEqualTo(200);
  }

  @ParameterizedTest // C5: the message of a store may quote values, as drivers do
  @ValueSource(
      strings = {
        "",
        "hash",
        BrokenStore.SECRET,
        "expiresAt: " + BrokenStore.SECRET,
        "expiresAt: none (expected: " + BrokenStore.SECRET + ')',
        "scopes: f00dfeed' (expected: at least one)",
        "scopes: none (expected: at least one), not f00dfeed",
        "name: none (expected: one)"
      })
  void exception_messages_from_a_store_never_reach_the_client(String message) {
    TokenManager broken = TokenManager.builder(
            BrokenStore.readOnly(fixture.store, new IllegalArgumentException(message)))
        .clock(fixture.clock)
        .build();
    TokenApi api = TokenApi.of(broken, ManagementPolicy.anyToken());
    for (FakeRequest request : new FakeRequest[] {
      post("/create", "{\"name\":\"x\",\"expiresAt\":1736000001}"),
      post("/create", "{\"name\":\"x\"}"),
      post("/rotate/1", "{\"overlapSeconds\":0}")
    }) {
      fixture.assertRefused(api, request.with(fixture.admin), 503);
    }
  }

  @Test
  void the_rights_of_a_caller_are_checked_before_the_limits_of_the_manager() {
    Verdict.Accepted narrow = fixture.accepted(NewToken.named("narrow").scopes("a"));
    TokenApi api = limited(builder -> builder.maxLifetime(Duration.ofHours(1)));
    fixture.assertRefused(
        api, post("/create", "{\"name\":\"x\",\"scopes\":[\"b\"]}").with(narrow), 403);
  }

  private String refused(TokenApi api, FakeRequest request) {
    String response = text(fixture.assertRefused(api, request.with(fixture.admin), 400));
    return response.substring("{\"success\":false,\"msg\":\"".length(), response.length() - 2);
  }
}
