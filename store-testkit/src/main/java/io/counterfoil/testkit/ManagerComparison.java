package io.counterfoil.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.counterfoil.CreatedToken;
import io.counterfoil.DuplicateTokenNameException;
import io.counterfoil.PolicyException;
import io.counterfoil.Token;
import io.counterfoil.TokenManager;
import io.counterfoil.TokenQuery;
import io.counterfoil.TokenStore;
import io.counterfoil.Verdict.Accepted;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Runs a history on the managers of two nodes with one store, and compares the tokens with a model after each step. */
final class ManagerComparison {
  private static final Duration SOON = Duration.ofMinutes(5);

  private final AtomicReference<Instant> now = new AtomicReference<>(TestRow.NOW);
  private final Clock clock = ((InstantSource) now::get).withZone(ZoneOffset.UTC);
  private final TokenStore store;
  private final List<TokenManager> nodes;
  private final List<ManagedToken> tokens = new ArrayList<>();
  private int steps;

  ManagerComparison(TokenStore store) {
    this.store = store;
    this.nodes = List.of(node(), node());
  }

  private TokenManager node() {
    return TokenManager.builder(store).clock(clock).recordNoUses().build();
  }

  void run(List<HistoryStep> history) {
    for (HistoryStep step : history) {
      steps++;
      make(step);
      nodes.forEach(node -> tokens.forEach(token -> compare(node, token)));
      compareQueries(nodes.get(0));
    }
  }

  private void make(HistoryStep step) {
    TokenManager node = nodes.get(steps % 2);
    if (step instanceof HistoryStep.Create create) {
      create(node, create);
    } else if (step instanceof HistoryStep.Update update) {
      withToken(update.token(), token -> update(node, token, update));
    } else if (step instanceof HistoryStep.Rotate rotate) {
      withToken(rotate.token(), token -> rotate(node, token, rotate.overlap()));
    } else if (step instanceof HistoryStep.Disable disable) {
      withToken(disable.token(), token -> {
        assertThat(node.disable(token.id)).isEqualTo(!token.isDeleted);
        token.enabled = false;
      });
    } else if (step instanceof HistoryStep.Enable enable) {
      withToken(enable.token(), token -> {
        assertThat(node.enable(token.id)).isEqualTo(!token.isDeleted);
        token.enabled = true;
      });
    } else if (step instanceof HistoryStep.Use use) {
      withToken(use.token(), token -> use(token, use.address()));
    } else {
      makeOther(node, step);
    }
  }

  private void makeOther(TokenManager node, HistoryStep step) {
    if (step instanceof HistoryStep.Delete delete) {
      withToken(delete.token(), token -> {
        assertThat(node.delete(token.id)).isEqualTo(!token.isDeleted);
        token.isDeleted = true;
      });
    } else if (step instanceof HistoryStep.DisableOwnedBy disable) {
      Predicate<ManagedToken> concerned = token -> token.owner.equals(disable.owner());
      long enabled = living().filter(concerned.and(token -> token.enabled)).count();
      assertThat(node.disableOwnedBy(disable.owner())).isEqualTo((int) enabled);
      tokens.stream().filter(concerned).forEach(token -> token.enabled = false);
    } else if (step instanceof HistoryStep.DeleteExpired) {
      List<ManagedToken> expired =
          living().filter(token -> token.expiredBefore(now.get())).toList();
      assertThat(node.deleteExpired(now.get(), 100)).isEqualTo(expired.size());
      expired.forEach(token -> token.isDeleted = true);
    } else if (step instanceof HistoryStep.Pause pause) {
      now.set(now.get().plus(pause.duration()));
    }
  }

  private void withToken(int number, Consumer<ManagedToken> change) {
    tokens.stream().skip(number).findFirst().ifPresent(change);
  }

  private Stream<ManagedToken> living() {
    return tokens.stream().filter(token -> !token.isDeleted);
  }

  private boolean isTaken(String owner, String name, long id) {
    return living()
        .anyMatch(token -> token.owner.equals(owner) && token.name.equals(name) && token.id != id);
  }

  private void create(TokenManager node, HistoryStep.Create step) {
    boolean isTaken = isTaken(step.owner(), step.name(), 0);
    assertThat(succeeds(() -> {
          CreatedToken created = node.create(step.newToken());
          return tokens.add(new ManagedToken(created, step, now.get()));
        }))
        .as("%s", step)
        .isEqualTo(!isTaken);
  }

  private void update(TokenManager node, ManagedToken token, HistoryStep.Update step) {
    boolean isTaken =
        step.name().filter(name -> isTaken(token.owner, name, token.id)).isPresent();
    assertThat(succeeds(() -> node.update(token.id, step.update()).isPresent()))
        .as("%s", step)
        .isEqualTo(!isTaken && !token.isDeleted);
    if (!isTaken) {
      token.name = step.name().orElse(token.name);
      token.change(step.properties(), now.get());
    }
  }

  private void rotate(TokenManager node, ManagedToken token, Duration overlap) {
    boolean isExpired = token.isExpired(now.get());
    assertThat(succeeds(() -> {
          node.rotate(token.id, overlap)
              .ifPresent(rotated -> token.rotate(rotated, overlap, now.get()));
          return true;
        }))
        .isEqualTo(token.isDeleted || !isExpired);
  }

  /** Returns false if the call returns false, or is refused because of a name or of the expiry. */
  private static boolean succeeds(Supplier<Boolean> call) {
    try {
      return call.get();
    } catch (DuplicateTokenNameException | PolicyException refused) {
      return false;
    }
  }

  private void use(ManagedToken token, String address) {
    boolean accepts = token.accepts(token.plaintext(), address, now.get());
    try (TokenManager recording =
        TokenManager.builder(store).clock(clock).recordAddresses().build()) {
      assertThat(isAccepted(recording, token.plaintext(), address)).isEqualTo(accepts);
    }
    if (accepts) {
      token.use(now.get(), address);
    }
  }

  private void compare(TokenManager node, ManagedToken token) {
    assertThat(node.find(token.id).isPresent()).isEqualTo(!token.isDeleted);
    node.find(token.id).ifPresent(token::assertEqualTo);
    if (!token.isDeleted) {
      assertThat(node.find(token.owner, token.name).map(Token::id)).contains(token.id);
    }
    for (String plaintext : token.plaintexts()) {
      for (String address : List.of(ManagedToken.ADDRESS, ManagedToken.OTHER)) {
        assertThat(isAccepted(node, plaintext, address))
            .isEqualTo(token.accepts(plaintext, address, now.get()));
      }
    }
  }

  private static boolean isAccepted(TokenManager node, String plaintext, String address) {
    try {
      return node.authenticate(plaintext, InetAddress.getByName(address)) instanceof Accepted;
    } catch (UnknownHostException e) {
      throw new AssertionError(e);
    }
  }

  private void compareQueries(TokenManager node) {
    Instant time = now.get();
    TokenQuery all = TokenQuery.all();
    compare(node.list(), token -> true);
    compare(
        node.list(all.owner("o").enabled(true)), token -> token.owner.equals("o") && token.enabled);
    compare(node.list(all.nameContains("a")), token -> token.name.equalsIgnoreCase("a"));
    compare(node.list(all.scope("read")), token -> token.hasScope("read"));
    compare(node.list(all.expiresBy(time)), token -> token.isExpired(time));
    compare(node.expiring(SOON), token -> token.expiresWithin(SOON, time));
    compare(node.unused(time), token -> token.isUsedBefore(time));
    assertThat(node.count(all.enabled(false)))
        .isEqualTo(living().filter(token -> !token.enabled).count());
  }

  private void compare(Stream<Token> listed, Predicate<ManagedToken> expected) {
    Set<Long> ids = living().filter(expected).map(token -> token.id).collect(Collectors.toSet());
    assertThat(listed.map(Token::id)).containsExactlyInAnyOrderElementsOf(ids);
  }
}
