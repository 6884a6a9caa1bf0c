package io.counterfoil.http;

import static io.counterfoil.http.ApiFixture.text;
import static io.counterfoil.http.FakeRequest.post;
import static io.counterfoil.http.TokenApiBodiesTest.quoted;
import static org.assertj.core.api.Assertions.assertThat;

import io.counterfoil.AddressRange;
import io.counterfoil.NewToken;
import io.counterfoil.Token;
import io.counterfoil.TokenManager;
import io.counterfoil.Verdict;
import io.counterfoil.testing.TestClock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A caller needs the rights of a token before and after an update. */
class TokenApiUpdateRightsTest {
  private final ApiFixture fixture = new ApiFixture();
  private final Instant start = fixture.clock.instant();

  private long create(NewToken newToken) {
    return fixture.tokens.create(newToken).token().id();
  }

  private int update(long id, String body, Verdict.Accepted caller) {
    return fixture.api.handle(request(id, body, caller)).status();
  }

  private void requireRefused(long id, String body, Verdict.Accepted caller, String message) {
    assertThat(text(fixture.assertRefused(fixture.api, request(id, body, caller), 403)))
        .contains(message);
  }

  private static FakeRequest request(long id, String body, Verdict.Accepted caller) {
    return post("/update/" + id, quoted(body)).with(caller);
  }

  @Test
  void a_caller_grants_only_its_own_scopes() {
    Verdict.Accepted caller = fixture.accepted(NewToken.named("caller").scopes("a", "b"));
    long id = create(NewToken.named("token").scopes("a"));
    requireRefused(
        id, "{'scopes':['a','c']}", caller, "a scope or an address that you do not have");
    requireRefused(id, "{'scopes':['*']}", caller, "a scope or an address that you do not have");
    assertThat(update(id, "{'scopes':['b']}", caller)).isEqualTo(200);
    assertThat(update(id, "{'scopes':[]}", caller)).isEqualTo(200);
  }

  @Test
  void a_caller_cannot_take_scopes_from_a_token_with_more_rights() {
    Verdict.Accepted caller = fixture.accepted(NewToken.named("caller").scopes("a"));
    long id = create(NewToken.named("token").scopes("a", "b"));
    for (String body : new String[] {"{'scopes':['a']}", "{'scopes':[]}", "{'name':'x'}"}) {
      requireRefused(id, body, caller, "a scope or an address that you do not have");
    }
  }

  @Test
  void a_caller_cannot_give_itself_rights() {
    Verdict.Accepted caller =
        fixture.accepted(NewToken.named("caller").scopes("a").expiresAt(start.plusSeconds(60)));
    long own = caller.token().id();
    requireRefused(own, "{'scopes':['a','b']}", caller, "a scope or an address");
    requireRefused(own, "{'expiresAt':null}", caller, "expires later than your own, or not at all");
    requireRefused(own, "{'expiresIn':61}", caller, "expires later than your own, or not at all");
    assertThat(update(own, "{'scopes':[],'expiresIn':59}", caller)).isEqualTo(200);
  }

  @Test
  void a_caller_bound_to_addresses_lets_a_token_be_used_only_from_there() {
    String plaintext = fixture
        .tokens
        .create(NewToken.named("bound").allowedAddresses("192.0.2.0/24"))
        .reveal();
    Verdict.Accepted bound = (Verdict.Accepted)
        fixture.tokens.authenticate(plaintext, AddressRange.address("192.0.2.7").orElseThrow());
    long id = create(NewToken.named("token").allowedAddresses("192.0.2.1"));
    for (String wider : new String[] {"null", "['192.0.0.0/16']", "['192.0.2.1','::1']"}) {
      requireRefused(id, "{'allowedAddresses':" + wider + '}', bound, "a scope or an address");
      requireRefused(2, "{'allowedAddresses':" + wider + '}', bound, "a scope or an address");
    }
    assertThat(update(id, "{'allowedAddresses':['192.0.2.128/25']}", bound)).isEqualTo(200);
    requireRefused(1, "{'allowedAddresses':['192.0.2.1']}", bound, "a scope or an address");
  }

  @Test
  void a_token_expires_with_the_caller_at_the_latest() {
    Verdict.Accepted caller =
        fixture.accepted(NewToken.named("caller").expiresAt(start.plusSeconds(60)));
    long id = create(NewToken.named("token").expiresAt(start.plusSeconds(30)));
    for (String later :
        new String[] {"{'expiresAt':null}", "{'expiresAt':1736000061}", "{'expiresIn':61}"}) {
      requireRefused(id, later, caller, "expires later than your own, or not at all");
    }
    assertThat(update(id, "{'expiresAt':1736000060}", caller)).isEqualTo(200);
    assertThat(update(id, "{'expiresIn':60}", caller)).isEqualTo(200);
    fixture.clock.advance(Duration.ofMillis(1));
    requireRefused(id, "{'expiresIn':60}", caller, "expires later than your own, or not at all");
    assertThat(update(id, "{'name':'x'}", caller)).isEqualTo(200);
  }

  @ParameterizedTest // an update makes an idle token valid again
  @ValueSource(strings = {"{'name':'x'}", "{'description':'x'}", "{'scopes':[]}"})
  void a_token_that_outlives_the_caller_is_updated_only_together_with_its_expiry(String body) {
    Verdict.Accepted caller =
        fixture.accepted(NewToken.named("caller").expiresAt(start.plusSeconds(60)));
    long endless = create(NewToken.named("endless"));
    long longer = create(NewToken.named("longer").expiresAt(start.plusSeconds(61)));
    for (long id : new long[] {endless, longer}) {
      requireRefused(id, body, caller, "expires later than your own, or not at all");
      String shortened = body.replace("}", ",'expiresIn':60}");
      assertThat(update(id, shortened, caller)).isEqualTo(200);
      assertThat(fixture.tokens.find(id).flatMap(Token::expiresAt)).contains(start.plusSeconds(60));
      fixture.tokens.delete(id);
    }
  }

  @Test // otherwise it would begin after the comparison, and end after the caller
  void a_lifetime_becomes_an_expiry_before_it_is_compared() {
    Verdict.Accepted caller =
        fixture.accepted(NewToken.named("caller").expiresAt(start.plusSeconds(60)));
    long id = create(NewToken.named("token").expiresAt(start.plusSeconds(30)));
    int updates = 0;
    for (int millis = 0; millis < 2000; millis += 50) {
      TestClock clock = new TestClock().ticking(Duration.ofMillis(100));
      clock.set(start.plusMillis(millis));
      TokenManager tokens =
          TokenManager.builder(fixture.store).recordNoUses().clock(clock).build();
      TokenApi api = TokenApi.of(tokens, ManagementPolicy.anyToken());
      int status = api.handle(request(id, "{'expiresIn':59}", caller)).status();
      updates += status == 200 ? 1 : 0;
      assertThat(fixture.tokens.find(id).flatMap(Token::expiresAt).orElseThrow())
          .isBeforeOrEqualTo(start.plusSeconds(60));
    }
    assertThat(updates).isBetween(5, 35);
  }

  @Test
  void a_caller_without_expiry_removes_an_expiry() {
    long id = create(NewToken.named("token").expiresAt(start.plusSeconds(30)));
    assertThat(update(id, "{'expiresAt':null}", fixture.admin)).isEqualTo(200);
    assertThat(fixture.tokens.find(id).flatMap(Token::expiresAt)).isEmpty();
  }

  @Test
  void a_user_updates_within_the_scopes_that_the_host_names() {
    TokenApi api =
        TokenApi.of(fixture.tokens, request -> Optional.of(Caller.user("ann").scopes("a", "b")));
    long id = create(NewToken.named("token").owner("ann").scopes("a"));
    long greater = create(NewToken.named("greater").owner("ann").scopes("c"));
    fixture.assertRefused(api, post("/update/" + id, "{\"scopes\":[\"c\"]}"), 403);
    fixture.assertRefused(api, post("/update/" + greater, "{\"scopes\":[\"a\"]}"), 403);
    assertThat(api.handle(post("/update/" + id, "{\"scopes\":[\"b\"]}")).status())
        .isEqualTo(200);
    assertThat(fixture.tokens.find(id)).map(Token::scopes).contains(Set.of("b"));
  }
}
