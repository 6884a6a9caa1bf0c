package io.counterfoil.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.counterfoil.ConcurrentUpdateException;
import io.counterfoil.KnownScopes;
import io.counterfoil.NewToken;
import io.counterfoil.Token;
import io.counterfoil.TokenLimitException;
import io.counterfoil.TokenManager;
import io.counterfoil.TokenQuery;
import io.counterfoil.TokenStore;
import io.counterfoil.TokenUpdate;
import io.counterfoil.memory.InMemoryTokenStore;
import io.counterfoil.testing.TestClock;
import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The samples of docs/recipes.md about tokens that live for years. */
class LongLivedTokensTest {
  private final TokenStore store = new InMemoryTokenStore();
  private final TestClock clock = new TestClock("2026-01-02T03:04:05Z");
  private final TokenManager tokens = TokenManager.builder(store).clock(clock).build();

  private long create(NewToken token) {
    return tokens.create(token).token().id();
  }

  @Test
  void an_update_changes_only_what_it_names() {
    long id = create(NewToken.named("ci").scopes("servers:read").expiresIn(Duration.ofDays(1)));
    Instant inAYear = clock.instant().plus(Duration.ofDays(365));
    tokens.update(id, TokenUpdate.none().description("nightly builds").expiresAt(inAYear));
    Token updated = tokens.find(id).orElseThrow();
    assertThat(updated.description()).isEqualTo("nightly builds");
    assertThat(updated.expiresAt()).contains(inAYear);
    assertThat(updated.scopes()).containsExactly("servers:read");
  }

  @Test
  void a_token_that_has_changed_since_it_was_judged_is_not_updated() {
    long id = create(NewToken.named("ci"));
    TokenUpdate update = TokenUpdate.none().scopes("servers:read");
    Token judged = tokens.find(id).orElseThrow();
    requireRights(judged, tokens.preview(judged, update));
    tokens.update(judged, update); // throws ConcurrentUpdateException if the token has changed
    assertThat(tokens.find(id).orElseThrow().scopes()).containsExactly("servers:read");
    assertThatExceptionOfType(ConcurrentUpdateException.class)
        .isThrownBy(() -> tokens.update(judged, update));
  }

  private static void requireRights(Token before, Token after) {
    assertThat(before.scopes()).isEmpty();
    assertThat(after.scopes()).containsExactly("servers:read");
  }

  @Test
  void queries_select_tokens() {
    create(NewToken.named("old build").owner("ann"));
    clock.advance(Duration.ofDays(91));
    create(NewToken.named("new build").owner("ann"));
    Instant before = clock.instant().minus(Duration.ofDays(90));
    TokenQuery forgotten =
        TokenQuery.all().owner("ann").enabled(true).nameContains("build").unusedSince(before);
    long count = tokens.count(forgotten);
    List<Token> firstPage = tokens.list(forgotten, 0, 100);
    assertThat(count).isEqualTo(1);
    assertThat(firstPage).extracting(Token::name).containsExactly("old build");
  }

  @Test
  void limits_are_settings_of_the_manager() throws Exception {
    TokenManager tokens = TokenManager.builder(store)
        .maxIdle(Duration.ofDays(90))
        .maxTokensPerOwner(100)
        .recordAddresses()
        .build();
    String plaintext = tokens.create(NewToken.named("ci").owner("ann")).reveal();
    tokens.authenticate(plaintext, InetAddress.getByName("192.0.2.1"));
    for (int i = 1; i < 100; i++) {
      tokens.create(NewToken.named("ci " + i).owner("ann"));
    }
    assertThatExceptionOfType(TokenLimitException.class)
        .isThrownBy(() -> tokens.create(NewToken.named("one more").owner("ann")));
    tokens.close();
    assertThat(tokens.find("ann", "ci").orElseThrow().lastUsedFrom()).contains("192.0.2.1");
  }

  @Test
  void known_scopes_may_imply_others_and_a_route_may_require_several() {
    KnownScopes scopes = KnownScopes.none()
        .scope("servers:read", "See servers")
        .scope("servers:write", "Change servers", "servers:read")
        .scope("backups", "Make backups");
    TokenManager tokens = TokenManager.builder(store).knownScopes(scopes).build();
    RouteScopes routes = RouteScopes.builder()
        .scope("servers:read", "GET /servers/**")
        .anyScope(List.of("servers:write", "backups"), "POST /servers/*/snapshot")
        .allScopes(List.of("servers:write", "backups"), "POST /servers/*/restore")
        .build();
    var bearer = BearerAuthenticator.builder(tokens).routes(routes).build();
    String writer = tokens.create(NewToken.named("ci").scopes("servers:write")).reveal();
    assertThat(status(bearer, writer, "GET", "/servers/1")).isEqualTo(200);
    assertThat(status(bearer, writer, "POST", "/servers/1/snapshot")).isEqualTo(200);
    assertThat(status(bearer, writer, "POST", "/servers/1/restore")).isEqualTo(403);
  }

  private static int status(
      BearerAuthenticator bearer, String plaintext, String method, String path) {
    var outcome =
        bearer.check(new FakeRequest(method, path).field("Authorization", "Bearer " + plaintext));
    return outcome instanceof BearerAuthenticator.Refused refused
        ? refused.answer().status()
        : 200;
  }

  @Test
  void a_consumer_receives_the_notices() {
    create(NewToken.named("ci").owner("ann").expiresIn(Duration.ofDays(6)));
    List<String> messages = new ArrayList<>();
    tokens.notifyExpiring(
        Duration.ofDays(7),
        token -> messages.add("To " + token.owner() + ": renew your token " + token.name()));
    assertThat(messages).containsExactly("To ann: renew your token ci");
  }

  @Test
  void a_rejection_can_be_explained_to_the_holder() {
    var bearer = BearerAuthenticator.builder(tokens).explainRejections().build();
    String plaintext =
        tokens.create(NewToken.named("ci").expiresIn(Duration.ofDays(1))).reveal();
    clock.advance(Duration.ofDays(1));
    var refused = (BearerAuthenticator.Refused) bearer.check(List.of("Bearer " + plaintext));
    assertThat(refused.answer().headers().get("WWW-Authenticate")).contains("error_description=");
  }

  @Test
  void tokens_that_expired_long_ago_are_deleted_a_few_at_a_time() {
    create(NewToken.named("old").expiresIn(Duration.ofDays(1)));
    clock.advance(Duration.ofDays(100));
    create(NewToken.named("new").expiresIn(Duration.ofDays(1)));
    clock.advance(Duration.ofDays(2));
    Instant longAgo = tokens.clock().instant().minus(Duration.ofDays(90));
    while (tokens.deleteExpired(longAgo, 500) > 0) {
      // there may be more
    }
    assertThat(tokens.list()).extracting(Token::name).containsExactly("new");
  }
}
