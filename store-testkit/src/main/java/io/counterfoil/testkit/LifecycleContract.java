package io.counterfoil.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.counterfoil.ConcurrentRotationException;
import io.counterfoil.CreatedToken;
import io.counterfoil.NewToken;
import io.counterfoil.Pepper;
import io.counterfoil.Token;
import io.counterfoil.TokenManager;
import io.counterfoil.TokenStore;
import io.counterfoil.Verdict.Accepted;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** The lifecycle of a token, with several managers on one store and one clock, as on several nodes. */
abstract class LifecycleContract extends MethodContract {
  private static final Duration OVERLAP = Duration.ofMinutes(10);
  private static final Pepper OLD = pepper("2025");
  private static final Pepper PRESENT = pepper("2026");

  private final AtomicReference<Instant> now = new AtomicReference<>(TestRow.NOW);
  private final Clock clock = ((InstantSource) now::get).withZone(ZoneOffset.UTC);

  LifecycleContract(Supplier<TokenStore> emptyStore) {
    super(emptyStore);
  }

  private static Pepper pepper(String name) {
    byte[] secret = new byte[Pepper.MIN_LENGTH];
    Arrays.fill(secret, (byte) name.hashCode());
    return Pepper.of(name, secret);
  }

  private TokenManager.Builder node() {
    return TokenManager.builder(store).clock(clock).recordNoUses();
  }

  @Test
  void the_latest_use_on_any_node_is_recorded() {
    TokenManager early = TokenManager.builder(store).clock(clock).build();
    TokenManager late = TokenManager.builder(store).clock(clock).build();
    String plaintext = early.create(NewToken.named("used")).reveal();
    early.create(NewToken.named("unused"));
    early.authenticate(plaintext);
    now.set(clock.instant().plusMillis(1_500));
    late.authenticate(plaintext);
    late.close();
    early.close();
    assertThat(early.find("", "used").flatMap(Token::lastUsedAt))
        .contains(TestRow.NOW.plusMillis(1_500));
    Token unused = early.find("", "unused").orElseThrow();
    assertThat(unused.lastUsedAt()).isEmpty();
    assertThat(unused.trackedSince()).contains(TestRow.NOW);
  }

  @Test
  void a_rotation_on_one_node_is_in_force_on_another() {
    String before = node().build().create(NewToken.named("n")).reveal();
    String after = node().build().rotate("", "n", OVERLAP).orElseThrow().reveal();
    TokenManager other = node().build();
    assertThat(accepted(other, before, after)).isEqualTo(2);
    now.set(clock.instant().plus(OVERLAP));
    assertThat(other.authenticate(before)).isNotInstanceOf(Accepted.class);
    assertThat(other.authenticate(after)).isInstanceOf(Accepted.class);
  }

  @Test
  void the_first_use_of_a_new_plaintext_ends_the_overlap_on_every_node() {
    TokenManager strict = node().endOverlapAtFirstUse().build();
    CreatedToken before = strict.create(NewToken.named("n"));
    CreatedToken after = strict.rotate(before.token().id(), OVERLAP).orElseThrow();
    strict.authenticate(after.reveal());
    assertThat(node().build().authenticate(before.reveal())).isNotInstanceOf(Accepted.class);
    assertThat(node().build().authenticate(after.reveal())).isInstanceOf(Accepted.class);
  }

  @Test // G1
  void after_concurrent_rotations_at_most_two_plaintexts_are_accepted()
      throws InterruptedException {
    TokenManager tokens = node().build();
    CreatedToken created = tokens.create(NewToken.named("n"));
    List<Optional<CreatedToken>> rotations =
        Race.of(i -> rotateUnlessAnotherCameFirst(tokens, created.token().id()));
    String[] plaintexts = rotations.stream()
        .flatMap(Optional::stream)
        .map(CreatedToken::reveal)
        .toArray(String[]::new);
    assertThat(plaintexts).isNotEmpty();
    assertThat(accepted(tokens, plaintexts) + accepted(tokens, created.reveal()))
        .isBetween(1L, 2L);
  }

  private static Optional<CreatedToken> rotateUnlessAnotherCameFirst(TokenManager tokens, long id) {
    try {
      return Optional.of(tokens.rotate(id, OVERLAP).orElseThrow());
    } catch (ConcurrentRotationException another) {
      return Optional.empty();
    }
  }

  @Test
  void a_pepper_replaces_another_at_the_next_use() {
    String plain = node().build().create(NewToken.named("plain")).reveal();
    String old = node().peppers(OLD).build().create(NewToken.named("old")).reveal();
    TokenManager both = node().peppers(PRESENT, OLD).build();
    assertThat(both.reports().countByPepper()).isEqualTo(Map.of("", 1L, "2025", 1L));
    assertThat(accepted(both, plain, old)).isEqualTo(2);
    assertThat(both.reports().countByPepper()).isEqualTo(Map.of("2026", 2L));
    assertThat(accepted(node().peppers(PRESENT).build(), plain, old)).isEqualTo(2);
    assertThat(accepted(node().peppers(OLD).build(), plain, old)).isZero();
  }

  @Test
  void introducing_a_pepper_node_by_node_rejects_no_token() {
    TokenManager before = node().peppers(OLD).upcomingPepper(PRESENT).build();
    TokenManager after = node().peppers(PRESENT, OLD).build();
    String old = before.create(NewToken.named("old")).reveal();
    String present = after.create(NewToken.named("present")).reveal();
    for (int i = 0; i < 3; i++) {
      assertThat(accepted(before, old, present)).isEqualTo(2);
      assertThat(before.reports().countByPepper()).containsKey("2026");
      assertThat(accepted(after, old, present)).isEqualTo(2);
      assertThat(before.reports().countByPepper()).isEqualTo(Map.of("2026", 2L));
    }
  }

  @Test
  void an_overlap_of_zero_has_ended_even_on_a_node_whose_clock_is_behind() {
    TokenManager tokens = node().endOverlapAtFirstUse().build();
    CreatedToken first = tokens.create(NewToken.named("n"));
    String second =
        tokens.rotate(first.token().id(), Duration.ZERO).orElseThrow().reveal();
    String third = tokens.rotate(first.token().id(), OVERLAP).orElseThrow().reveal();
    assertThat(accepted(tokens, first.reveal(), second, third)).isEqualTo(2);
    now.set(TestRow.NOW.minusSeconds(60));
    assertThat(accepted(tokens, first.reveal(), second)).isZero();
    assertThat(accepted(tokens, third)).isEqualTo(1);
  }

  @Test // G1
  void a_concurrent_rotation_and_rehash_lose_no_plaintext() throws InterruptedException {
    TokenManager both = node().peppers(PRESENT, OLD).build();
    TokenManager old = node().peppers(OLD).build();
    for (int round = 0; round < Race.ROUNDS; round++) {
      CreatedToken before = old.create(NewToken.named("round " + round));
      Callable<String> use = () -> {
        assertThat(both.authenticate(before.reveal())).isInstanceOf(Accepted.class);
        return "";
      };
      Callable<String> rotate =
          () -> both.rotate(before.token().id(), OVERLAP).orElseThrow().reveal();
      String after = String.join("", Race.between(List.of(use, rotate, use)));
      assertThat(accepted(both, before.reveal(), after)).isEqualTo(2);
    }
  }

  @Test // A5
  void an_imported_token_accepts_its_plaintext_but_not_its_hash() {
    String plaintext = "AbCdEfGhIjKlMnOpQrStUvWxYz0123456789abcdefghijkl";
    String hash = HexFormat.of().formatHex(TestRow.sha256(plaintext));
    TokenManager tokens = node().acceptForeign(48, 64).build();
    Token token = tokens.importHashed(NewToken.named("n"), hash, true, Instant.EPOCH);
    assertThat(tokens.find(token.id())).contains(token);
    assertThat(accepted(tokens, plaintext, hash)).isEqualTo(1);
    assertThat(tokens.authenticate(hash)).isNotInstanceOf(Accepted.class);
  }

  @Test
  void tokens_of_a_removed_owner_stay_rejected_when_the_owner_returns() {
    TokenManager tokens = node().build();
    String hers = tokens.create(NewToken.named("n").owner("ann")).reveal();
    String his = tokens.create(NewToken.named("n").owner("Ann")).reveal();
    assertThat(tokens.disableOwnedBy("ann")).isEqualTo(1);
    assertThat(node().build().authenticate(hers)).isNotInstanceOf(Accepted.class);
    assertThat(tokens.deleteOwnedBy("ann")).isEqualTo(1);
    tokens.create(NewToken.named("n").owner("ann"));
    assertThat(node().build().authenticate(hers)).isNotInstanceOf(Accepted.class);
    assertThat(node().build().authenticate(his)).isInstanceOf(Accepted.class);
    assertThat(tokens.disableAll()).isEqualTo(2);
    assertThat(node().build().authenticate(his)).isNotInstanceOf(Accepted.class);
  }

  @Test
  void a_leaked_plaintext_is_identified_even_after_a_rotation() {
    TokenManager tokens = node().peppers(PRESENT, OLD).build();
    CreatedToken created = node().peppers(OLD).build().create(NewToken.named("n"));
    tokens.rotate(created.token().id(), Duration.ZERO);
    tokens.disable(created.token().id());
    assertThat(tokens.identify(created.reveal()).map(Token::name)).contains("n");
    tokens.delete(created.token().id());
    assertThat(tokens.identify(created.reveal())).isEmpty();
  }

  @Test
  void expiring_and_unused_tokens_are_listed_and_expired_tokens_are_deleted() {
    TokenManager tokens = TokenManager.builder(store).clock(clock).build();
    tokens.create(NewToken.named("soon").expiresAt(TestRow.NOW.plusSeconds(60)));
    tokens.create(NewToken.named("later").expiresAt(TestRow.NOW.plusSeconds(61)));
    node().build().create(NewToken.named("never"));
    assertThat(tokens.expiring(Duration.ofMinutes(1)))
        .extracting(Token::name)
        .containsExactly("soon");
    now.set(clock.instant().plusMillis(60_001));
    assertThat(tokens.unused(clock.instant()))
        .extracting(Token::name)
        .containsExactlyInAnyOrder("soon", "later");
    assertThat(tokens.deleteExpired(clock.instant(), 10)).isEqualTo(1);
    assertThat(tokens.list()).extracting(Token::name).containsExactlyInAnyOrder("later", "never");
    tokens.close();
  }

  private static long accepted(TokenManager tokens, String... plaintexts) {
    return Arrays.stream(plaintexts)
        .map(tokens::authenticate)
        .filter(Accepted.class::isInstance)
        .count();
  }
}
