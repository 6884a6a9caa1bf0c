package io.counterfoil.cache;

import static org.assertj.core.api.Assertions.assertThat;

import io.counterfoil.CreatedToken;
import io.counterfoil.NewToken;
import io.counterfoil.TokenManager;
import io.counterfoil.TokenStore;
import io.counterfoil.Verdict;
import io.counterfoil.memory.InMemoryTokenStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.RandomDistribution;

/** Two managers, each with a cache of its own, on one store; and one without, which says what is true. */
class TwoNodesTest {
  private static final long LAG = 10;
  private static final int TOKENS = 3;

  /** What is done on a node, to one of the tokens. */
  record Step(Kind kind, int node, int token) {}

  enum Kind {
    AUTHENTICATE,
    DISABLE,
    ENABLE,
    ROTATE,
    ROTATE_WITH_OVERLAP,
    DELETE,
    DISABLE_ALL,
    DELETE_OWNED,
    TIME_PASSES
  }

  @Provide
  Arbitrary<List<Step>> steps() {
    return Combinators.combine(
            Arbitraries.of(Kind.class),
            Arbitraries.of(0, 1),
            Arbitraries.integers().between(0, TOKENS - 1))
        .as(Step::new)
        .list()
        .ofMinSize(1)
        .ofMaxSize(60)
        .withSizeDistribution(RandomDistribution.uniform());
  }

  @Property(tries = 500) // G2, G3, M5
  void a_node_accepts_what_is_good_and_of_the_rest_only_what_another_has_ended_within_the_lag(
      @ForAll("steps") List<Step> steps) {
    Nodes nodes = new Nodes();
    for (Step step : steps) {
      nodes.take(step);
      nodes.checkEveryPlaintext();
    }
  }

  /** A plaintext; when it ceased to be good, if it did, and on which node. */
  private static final class Known {
    final CreatedToken created;
    boolean isGood = true;
    int endedBy;
    long endedAt;

    Known(CreatedToken created) {
      this.created = created;
    }
  }

  private static final class Nodes {
    private final AtomicLong nanos = new AtomicLong();
    private final TokenStore store = new InMemoryTokenStore();
    private final TokenManager truth = manager(store);
    private final List<TokenManager> nodes = List.of(manager(cached()), manager(cached()));
    private final List<Known> all = new ArrayList<>();

    /** The last plaintext of each token. */
    private final CreatedToken[] last = new CreatedToken[TOKENS];

    Nodes() {
      for (int i = 0; i < TOKENS; i++) {
        last[i] = truth.create(NewToken.named("token " + i).owner("owner " + i % 2));
        all.add(new Known(last[i]));
      }
    }

    private TokenStore cached() {
      return new CachedTokenStore(store, Duration.ofNanos(LAG), 4, nanos::get);
    }

    private static TokenManager manager(TokenStore store) {
      return TokenManager.builder(store).recordNoUses().build();
    }

    void take(Step step) {
      TokenManager node = nodes.get(step.node());
      long id = last[step.token()].token().id();
      switch (step.kind()) {
        case AUTHENTICATE -> node.authenticate(last[step.token()].reveal());
        case DISABLE -> node.disable(id);
        case ENABLE -> node.enable(id);
        case ROTATE -> rotate(node, step.token(), Duration.ZERO);
        case ROTATE_WITH_OVERLAP -> rotate(node, step.token(), Duration.ofDays(1));
        case DELETE -> node.delete(id);
        case DISABLE_ALL -> node.disableAll();
        case DELETE_OWNED -> node.deleteOwnedBy(last[step.token()].token().owner());
        case TIME_PASSES -> nanos.addAndGet(LAG / 2);
      }
      all.forEach(known -> {
        boolean isGood = isAccepted(truth, known);
        if (known.isGood && !isGood) {
          known.endedBy = step.node();
          known.endedAt = nanos.get();
        }
        known.isGood = isGood;
      });
    }

    private void rotate(TokenManager node, int token, Duration overlap) {
      node.rotate(last[token].token().id(), overlap).ifPresent(rotated -> {
        last[token] = rotated;
        all.add(new Known(rotated));
      });
    }

    void checkEveryPlaintext() {
      for (Known known : all) {
        for (int i = 0; i < nodes.size(); i++) {
          boolean mayBeLate =
              known.endedBy != i && nanos.get() - known.endedAt < LAG && !known.isGood;
          boolean isAccepted = isAccepted(nodes.get(i), known);
          assertThat(isAccepted == known.isGood || (mayBeLate && isAccepted)).isTrue();
        }
      }
    }

    private static boolean isAccepted(TokenManager manager, Known known) {
      return manager.authenticate(known.created.reveal()) instanceof Verdict.Accepted;
    }
  }
}
