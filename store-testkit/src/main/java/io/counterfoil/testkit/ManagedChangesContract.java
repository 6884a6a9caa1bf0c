package io.counterfoil.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.counterfoil.ConcurrentUpdateException;
import io.counterfoil.CreatedToken;
import io.counterfoil.NewToken;
import io.counterfoil.Token;
import io.counterfoil.TokenLimitException;
import io.counterfoil.TokenManager;
import io.counterfoil.TokenStore;
import io.counterfoil.TokenUpdate;
import io.counterfoil.Verdict;
import io.counterfoil.Verdict.Accepted;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** Updates, notices and limits of several managers on one store and one clock, as on several nodes. */
abstract class ManagedChangesContract extends MethodContract {
  private static final Duration HOUR = Duration.ofHours(1);
  private static final Duration IDLE = Duration.ofDays(30);

  private final AtomicReference<Instant> now = new AtomicReference<>(TestRow.NOW);
  private final Clock clock = ((InstantSource) now::get).withZone(ZoneOffset.UTC);

  ManagedChangesContract(Supplier<TokenStore> emptyStore) {
    super(emptyStore);
  }

  private TokenManager.Builder node() {
    return TokenManager.builder(store).clock(clock).recordNoUses();
  }

  @Test // G1
  void concurrent_updates_of_different_properties_are_all_made_and_undo_no_disable()
      throws InterruptedException {
    TokenManager one = node().build();
    TokenManager other = node().build();
    for (int round = 0; round < Race.ROUNDS; round++) {
      String name = "round " + round;
      long id = one.create(NewToken.named(name).scopes("read", "write")).token().id();
      List<TokenUpdate> updates = List.of(
          TokenUpdate.of().name(name + " renamed"),
          TokenUpdate.of().description("described"),
          TokenUpdate.of().scopes("read"),
          TokenUpdate.of().allowedAddresses("192.0.2.1"),
          TokenUpdate.of().expiresIn(HOUR));
      List<Callable<Boolean>> changes = new ArrayList<>();
      updates.forEach(update -> changes.add(
          () -> (changes.size() % 2 == 0 ? one : other).update(id, update).isPresent()));
      changes.add(() -> other.disable(id));
      assertThat(Race.between(changes)).containsOnly(true);
      Token token = one.find(id).orElseThrow();
      assertThat(token.name()).isEqualTo(name + " renamed");
      assertThat(token.description()).isEqualTo("described");
      assertThat(token.scopes()).containsExactly("read");
      assertThat(token.allowedAddresses()).containsExactly("192.0.2.1/32");
      assertThat(token.expiresAt()).contains(TestRow.NOW.plus(HOUR));
      assertThat(token.enabled()).isFalse();
    }
  }

  @Test // G1
  void of_many_callers_that_judged_the_same_token_exactly_one_updates_it()
      throws InterruptedException {
    TokenManager tokens = node().build();
    for (int round = 0; round < Race.ROUNDS; round++) {
      Token judged = tokens.create(NewToken.named("round " + round)).token();
      List<Boolean> outcomes = Race.of(i -> updates(tokens, judged, "caller " + i));
      assertThat(Collections.frequency(outcomes, true)).isEqualTo(1);
      assertThat(tokens.find(judged.id()).map(Token::description))
          .contains("caller " + outcomes.indexOf(true));
    }
  }

  private static boolean updates(TokenManager tokens, Token judged, String text) {
    try {
      return tokens.update(judged, TokenUpdate.of().description(text)).isPresent();
    } catch (ConcurrentUpdateException another) {
      return false;
    }
  }

  @Test
  void a_token_that_changed_elsewhere_must_be_judged_again() {
    TokenManager tokens = node().build();
    TokenManager other = node().build();
    Token judged = tokens.create(NewToken.named("n").scopes("read")).token();
    Token widened = other.update(judged.id(), TokenUpdate.of().unrestricted()).orElseThrow();
    assertThatThrownBy(() -> tokens.update(judged, TokenUpdate.of().name("m")))
        .isInstanceOf(ConcurrentUpdateException.class);
    assertThatThrownBy(() -> tokens.enable(judged)).isInstanceOf(ConcurrentUpdateException.class);
    assertThatThrownBy(() -> tokens.rotate(judged, HOUR))
        .isInstanceOf(ConcurrentUpdateException.class);
    assertThat(tokens.find(judged.id())).contains(widened);
    assertThat(tokens.enable(widened)).isTrue();
  }

  @Test // G2
  void rights_that_one_node_narrows_are_narrow_on_another() {
    TokenManager tokens = node().build();
    TokenManager other = node().build();
    CreatedToken created = tokens.create(NewToken.named("n").unrestricted());
    assertThat(other.authenticate(created.reveal())).isInstanceOf(Accepted.class);
    tokens.update(created.token().id(), TokenUpdate.of().scopes("read"));
    assertThat(other.authenticate(created.reveal()))
        .isInstanceOfSatisfying(
            Accepted.class,
            accepted -> assertThat(accepted.token().scopes()).containsExactly("read"));
  }

  @Test
  void an_expired_token_is_accepted_after_its_expiry_is_changed() {
    TokenManager tokens = node().build();
    CreatedToken created = tokens.create(NewToken.named("n").expiresIn(HOUR));
    now.set(now.get().plus(HOUR));
    assertThat(tokens.authenticate(created.reveal())).isNotInstanceOf(Accepted.class);
    node().build().update(created.token().id(), TokenUpdate.of().expiresIn(HOUR));
    assertThat(tokens.authenticate(created.reveal())).isInstanceOf(Accepted.class);
    assertThat(tokens.deleteExpired(now.get(), 10)).isZero();
    assertThat(tokens.deleteExpired(List.of(created.token()))).isZero();
  }

  @Test
  void an_idle_token_is_accepted_after_an_update_on_another_node() {
    try (TokenManager tokens =
        TokenManager.builder(store).clock(clock).maxIdle(IDLE).build()) {
      CreatedToken created = tokens.create(NewToken.named("n"));
      now.set(now.get().plus(IDLE).plus(store.stalenessBound()).plus(HOUR));
      assertThat(tokens.authenticate(created.reveal()))
          .isInstanceOfSatisfying(
              Verdict.Rejected.class,
              rejected -> assertThat(rejected.reason()).isEqualTo(Verdict.Reason.IDLE));
      node().build().update(created.token().id(), TokenUpdate.of().description("in use"));
      assertThat(tokens.authenticate(created.reveal())).isInstanceOf(Accepted.class);
    }
  }

  @Test
  void of_nodes_that_look_for_expiring_tokens_at_once_one_gives_each_notice()
      throws InterruptedException {
    TokenManager tokens = node().build();
    for (int i = 0; i < 10; i++) {
      tokens.create(NewToken.named("token " + i).expiresIn(HOUR));
    }
    tokens.create(NewToken.named("later").expiresIn(HOUR.plusMillis(1)));
    for (int round = 0; round < 2; round++) {
      List<String> told = Collections.synchronizedList(new ArrayList<>());
      Race.of(i -> node().build().notifyExpiring(HOUR, token -> told.add(token.name())));
      assertThat(told).doesNotHaveDuplicates().hasSize(round == 0 ? 10 : 0);
    }
    Token renewed = tokens.find("", "token 3").orElseThrow();
    tokens.update(renewed.id(), TokenUpdate.of().expiresIn(HOUR.minusMillis(1)));
    assertThat(tokens.notifyExpiring(HOUR, token -> assertThat(token.id()).isEqualTo(renewed.id())))
        .isEqualTo(1);
  }

  @Test
  void an_owner_has_at_most_as_many_tokens_as_the_limit() {
    TokenManager tokens = node().maxTokensPerOwner(2).build();
    tokens.create(NewToken.named("one").owner("mine"));
    Token second = tokens.create(NewToken.named("two").owner("mine")).token();
    tokens.create(NewToken.named("theirs").owner("theirs"));
    NewToken third = NewToken.named("three").owner("mine");
    assertThatThrownBy(() -> tokens.create(third)).isInstanceOf(TokenLimitException.class);
    tokens.delete(second.id());
    assertThat(tokens.create(third).token().owner()).isEqualTo("mine");
  }
}
