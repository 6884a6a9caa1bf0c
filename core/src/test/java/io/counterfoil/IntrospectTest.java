package io.counterfoil;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.doThrow;
import static org.mockito.Mockito.spy;

import io.counterfoil.Verdict.Accepted;
import io.counterfoil.Verdict.Reason;
import io.counterfoil.Verdict.Rejected;
import io.counterfoil.testing.TestClock;
import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/** Another system has received a plaintext, and asks about it. */
class IntrospectTest {
  private static final Instant START = Instant.parse("2026-01-02T03:04:05.678Z");
  private static final Optional<InetAddress> SERVER = AddressRange.address("192.0.2.7");

  private final List<TokenEvent> events = new ArrayList<>();
  private final MapStore store = new MapStore();
  private final TestClock clock = new TestClock(START.toString());
  private final TokenManager tokens =
      TokenManager.builder(store).clock(clock).synchronousListener(events::add).build();
  private final TokenChanges server = tokens.actingAs(Actor.token(77), SERVER);

  private Verdict introspect(String plaintext) {
    return server.introspect(plaintext, token -> true);
  }

  @Test
  void a_valid_plaintext_is_accepted_and_counts_as_a_use_from_an_unknown_address() {
    String plaintext = tokens.create(NewToken.named("ci").scopes("read")).reveal();
    assertThat(introspect(plaintext)).isInstanceOf(Accepted.class);
    tokens.close();
    Token token = tokens.find(1).orElseThrow();
    assertThat(token.lastUsedAt()).isPresent();
    assertThat(token.lastUsedFrom()).isEmpty();
  }

  @Test
  void every_reason_to_reject_a_token_counts() {
    String plaintext =
        tokens.create(NewToken.named("ci").expiresAt(START.plusSeconds(60))).reveal();
    tokens.disable(1);
    assertThat(introspect(plaintext)).isEqualTo(rejected(Reason.DISABLED, 1));
    tokens.enable(1);
    clock.set(START.plusSeconds(60));
    assertThat(introspect(plaintext)).isEqualTo(rejected(Reason.EXPIRED, 1));
    assertThat(introspect("nonsense")).isEqualTo(Rejected.MALFORMED);
  }

  @Test
  void a_token_that_is_bound_to_addresses_is_rejected() {
    String plaintext = tokens
        .create(NewToken.named("ci").allowedAddresses("0.0.0.0/0", "::/0"))
        .reveal();
    assertThat(introspect(plaintext)).isEqualTo(rejected(Reason.ADDRESS_NOT_ALLOWED, 1));
  }

  @Test
  void a_token_about_which_the_actor_may_not_ask_is_unknown_and_nothing_is_recorded() {
    String plaintext = tokens.create(NewToken.named("ci").owner("ann")).reveal();
    tokens.disable(1);
    assertThat(server.introspect(plaintext, token -> !token.owner().equals("ann")))
        .as("not even that it is disabled")
        .isEqualTo(Rejected.UNKNOWN);
    tokens.enable(1);
    assertThat(server.introspect(plaintext, token -> false)).isEqualTo(Rejected.UNKNOWN);
    tokens.close();
    assertThat(tokens.find(1).orElseThrow().lastUsedAt()).isEmpty();
  }

  @Test // P10
  void events_name_the_actor_that_asks() {
    String plaintext = tokens.create(NewToken.named("ci")).reveal();
    events.clear();
    introspect(plaintext);
    tokens.disable(1);
    introspect(plaintext);
    assertThat(events)
        .extracting(Object::toString)
        .containsExactly(
            "event=accepted id=1 owner=\"\" name=\"ci\" actor=token:77 address=192.0.2.7",
            "event=disabled id=1 owner=\"\" name=\"ci\" actor=system",
            "event=rejected reason=DISABLED id=1 actor=token:77 address=192.0.2.7");
  }

  @Test
  void a_failure_of_the_store_is_not_a_verdict() {
    String plaintext = tokens.create(NewToken.named("ci")).reveal();
    TokenStore failing = spy(store);
    doThrow(new TokenStoreException("away")).when(failing).findByHash(any());
    TokenManager other =
        TokenManager.builder(failing).synchronousListener(events::add).build();
    events.clear();
    assertThatThrownBy(() -> other.introspect(plaintext, token -> true))
        .isInstanceOf(TokenStoreException.class);
    assertThat(events).singleElement().isInstanceOf(TokenEvent.StoreFailed.class);
  }

  @Test
  void a_plaintext_is_valid_until_the_token_expires_or_the_overlap_ends() {
    String plaintext = tokens.create(NewToken.named("ci")).reveal();
    assertThat(validUntil(plaintext)).isEmpty();
    tokens.update(1, TokenUpdate.none().expiresAt(START.plusSeconds(600)));
    assertThat(validUntil(plaintext)).contains(START.plusSeconds(600));

    String renewed = tokens.rotate(1, Duration.ofMinutes(5)).orElseThrow().reveal();
    assertThat(validUntil(plaintext)).as("overlap").contains(START.plusSeconds(300));
    assertThat(validUntil(renewed)).contains(START.plusSeconds(600));

    tokens.update(1, TokenUpdate.none().expiresAt(START.plusSeconds(100)));
    assertThat(validUntil(plaintext)).as("expiry").contains(START.plusSeconds(100));
    tokens.update(1, TokenUpdate.none().neverExpires());
    assertThat(validUntil(plaintext)).contains(START.plusSeconds(300));
    assertThat(validUntil(renewed)).isEmpty();
  }

  private Optional<Instant> validUntil(String plaintext) {
    return ((Accepted) tokens.authenticate(plaintext)).validUntil();
  }

  private static Verdict rejected(Reason reason, long id) {
    return new Rejected(reason, OptionalLong.of(id));
  }
}
