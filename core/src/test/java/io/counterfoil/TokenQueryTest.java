package io.counterfoil;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.counterfoil.testing.TestClock;
import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/** Queries, the limit of tokens, and the other properties of tokens that people manage for years. */
class TokenQueryTest {
  private static final Instant START = Instant.parse("2026-01-02T03:04:05.678Z");

  private final MapStore store = new MapStore();
  private final TestClock clock = new TestClock(START.toString());
  private final List<TokenEvent> events = new ArrayList<>();
  private final TokenManager tokens = TokenManager.builder(store)
      .clock(clock)
      .maxTokensPerOwner(3)
      .recordAddresses()
      .synchronousListener(events::add)
      .build();

  private void assertFound(TokenQuery query, String... names) {
    assertThat(tokens.list(query)).extracting(Token::name).containsExactly(names);
    assertThat(tokens.count(query)).isEqualTo(names.length);
  }

  @Test
  void a_query_selects_the_tokens_that_fulfil_all_conditions() {
    tokens.create(NewToken.named("Nightly Build").owner("ann").scopes("a", "a:b"));
    tokens.create(NewToken.named("build%").expiresAt(START.plusMillis(5)));
    tokens.create(NewToken.named("deploy").expiresAt(START.plusMillis(6)));
    tokens.disable(3);
    assertFound(TokenQuery.all(), "Nightly Build", "build%", "deploy");
    assertFound(TokenQuery.all().owner(""), "build%", "deploy");
    assertFound(TokenQuery.all().owner("Ann"));
    assertFound(TokenQuery.all().nameContains("BUILD"), "Nightly Build", "build%");
    assertFound(TokenQuery.all().nameContains("%"), "build%");
    assertFound(TokenQuery.all().enabled(false), "deploy");
    assertFound(TokenQuery.all().scope("a"), "Nightly Build");
    assertFound(TokenQuery.all().scope("a:"));
    assertFound(TokenQuery.all().expiresBy(START.plusMillis(5).plusNanos(9)), "build%");
    assertFound(TokenQuery.all().expiresAfter(START.plusMillis(5)), "deploy");
    assertFound(TokenQuery.all().unusedSince(START));
    assertFound(
        TokenQuery.all().unusedSince(START.plusMillis(1)), "Nightly Build", "build%", "deploy");
    assertFound(TokenQuery.all().nameContains("build").owner("").enabled(true), "build%");
  }

  @Test
  void a_condition_that_no_token_can_fulfil_is_refused() {
    List<ThrowingCallable> refused = List.of(
        () -> TokenQuery.all().nameContains("").owner(),
        () -> TokenQuery.all().nameContains("x".repeat(65)).owner(),
        () -> TokenQuery.all().nameContains("\0").owner(),
        () -> TokenQuery.all().owner("\ud800").owner(),
        () -> TokenQuery.all().scope("a b").owner());
    refused.forEach(call ->
        assertThatIllegalArgumentException().isThrownBy(call).withMessageContaining("(expected: "));
    assertFound(TokenQuery.all().nameContains("\ud83d\udd11".repeat(64)));
  }

  @Test
  void an_owner_cannot_have_more_tokens_than_the_limit() {
    for (int i = 0; i < 3; i++) {
      tokens.create(NewToken.named("t" + i).owner("ann"));
    }
    List<ThrowingCallable> refused = List.of(
        () -> tokens.create(NewToken.named("x").owner("ann")),
        () -> tokens.createOnce("key", () -> NewToken.named("x").owner("ann")),
        () -> tokens.importHashed(
            NewToken.named("x").owner("ann"), "0".repeat(64), true, Instant.EPOCH));
    refused.forEach(call -> assertThatThrownBy(call)
        .isInstanceOf(TokenLimitException.class)
        .hasMessage("the owner has as many tokens as allowed: 3"));
    assertThat(tokens.createOnce("key", () -> NewToken.named("x"))).isPresent();
    tokens.delete(1);
    tokens.create(NewToken.named("x").owner("ann"));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> TokenManager.builder(store).maxTokensPerOwner(0))
        .withMessage("maxTokensPerOwner: 0 (expected: at least 1)");
  }

  @Test
  void the_address_of_the_last_use_is_recorded_if_the_host_asks_for_it() throws Exception {
    String plaintext = tokens.create(NewToken.named("ci")).reveal();
    tokens.authenticate(
        plaintext, InetAddress.getByAddress("client", new byte[] {(byte) 192, 0, 2, 1}));
    tokens.close();
    assertThat(tokens.find(1).orElseThrow().lastUsedFrom()).contains("192.0.2.1");
    clock.advance(Duration.ofMinutes(1));
    TokenManager shy = TokenManager.builder(store).clock(clock).build();
    shy.authenticate(plaintext, InetAddress.getLoopbackAddress());
    shy.close();
    assertThat(tokens.find(1).orElseThrow().lastUsedFrom()).isEmpty(); // not of an older use
    assertThat(tokens.find(1).orElseThrow().lastUsedAt()).contains(clock.instant());
  }

  @Test
  void a_use_from_an_unknown_address_is_recorded() throws Exception {
    String plaintext = tokens.create(NewToken.named("ci")).reveal();
    tokens.authenticate(plaintext, () -> {
      throw new IllegalStateException("no socket");
    });
    tokens.close();
    assertThat(tokens.find(1).orElseThrow().lastUsedAt()).contains(START);
    assertThat(tokens.find(1).orElseThrow().lastUsedFrom()).isEmpty();
    byte[] local = new byte[16];
    local[0] = (byte) 0xfe;
    local[1] = (byte) 0x80;
    InetAddress scoped = java.net.Inet6Address.getByAddress("x", local, 7);
    assertThat(AddressRange.text(scoped)).isEqualTo("fe80:0:0:0:0:0:0:0");
    assertThatIllegalArgumentException()
        .isThrownBy(TokenManager.builder(store).recordNoUses().recordAddresses()::build)
        .withMessage("recordAddresses: true (expected: a manager that records uses)");
  }

  @Test
  void identifying_a_plaintext_is_an_audit_event_that_does_not_contain_it() {
    String plaintext = tokens.create(NewToken.named("ci")).reveal();
    events.clear();
    Optional<InetAddress> address = AddressRange.address("192.0.2.1");
    TokenChanges caller = tokens.actingAs(Actor.user("root"), address);
    assertThat(caller.identify(plaintext)).isEqualTo(tokens.find(1));
    assertThat(caller.identify(plaintext + "x")).isEmpty();
    assertThat(events)
        .extracting(TokenEvent::toString)
        .containsExactly(
            "event=identified id=1 actor=\"user:root\" address=192.0.2.1",
            "event=identified found=none actor=\"user:root\" address=192.0.2.1");
    assertThat(((TokenEvent.Identified) events.get(0)).token()).isEqualTo(tokens.find(1));
  }
}
