package io.counterfoil.cache;

import static org.assertj.core.api.Assertions.assertThat;

import io.counterfoil.CreatedToken;
import io.counterfoil.NewToken;
import io.counterfoil.TokenManager;
import io.counterfoil.TokenStore;
import io.counterfoil.TokenUpdate;
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

/** Compares two managers, each with its own cache in front of one store, with a manager without a cache. */
class TwoNodesTest {
  private static final long BOUND = 10;
  private static final int TOKENS = 3;

  /** An action on one of the nodes that affects one of the tokens. */
  record Step(Kind kind, int node, int token) {}

  enum Kind {
    AUTHENTICATE,
    DISABLE,
    ENABLE,
    ROTATE,
    FORBID_ADDRESS,
    ALLOW_ADDRESS,
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
  void a_node_accepts_valid_tokens_and_others_only_if_another_node_revoked_them_within_the_bound(
      @ForAll("steps") List<Step> steps) {
    Nodes nodes = new Nodes();
    for (Step step : steps) {
      nodes.run(step);
      nodes.checkEveryPlaintext();
    }
  }

  /** A plaintext, with the time and the node of its revocation if it was revoked. */
  private static final class Issued {
    final CreatedToken created;
    boolean isValid = true;
    int revokedBy;
    long revokedAt;

    Issued(CreatedToken created) {
      this.created = created;
    }
  }

  private static final class Nodes {
    private final AtomicLong nanos = new AtomicLong();
    private final TokenStore store = new InMemoryTokenStore();
    private final TokenManager uncached = manager(store);
    private final List<TokenManager> nodes = List.of(manager(cached()), manager(cached()));
    private final List<Issued> all = new ArrayList<>();

    /** The last plaintext of each token. */
    private final CreatedToken[] last = new CreatedToken[TOKENS];

    Nodes() {
      for (int i = 0; i < TOKENS; i++) {
        last[i] = uncached.create(NewToken.named("token " + i).owner("owner " + i % 2));
        all.add(new Issued(last[i]));
      }
    }

    private TokenStore cached() {
      return new CachedTokenStore(store, Duration.ofNanos(BOUND), 4, nanos::get);
    }

    private static TokenManager manager(TokenStore store) {
      return TokenManager.builder(store).recordNoUses().build();
    }

    void run(Step step) {
      TokenManager node = nodes.get(step.node());
      long id = last[step.token()].token().id();
      switch (step.kind()) {
        case AUTHENTICATE -> node.authenticate(last[step.token()].reveal());
        case DISABLE -> node.disable(id);
        case ENABLE -> node.enable(id);
        case FORBID_ADDRESS -> node.update(id, TokenUpdate.none().allowedAddresses("192.0.2.1"));
        case ALLOW_ADDRESS -> node.update(id, TokenUpdate.none().everyAddress());
        case ROTATE -> rotate(node, step.token(), Duration.ZERO);
        case ROTATE_WITH_OVERLAP -> rotate(node, step.token(), Duration.ofDays(1));
        case DELETE -> node.delete(id);
        case DISABLE_ALL -> node.disableAll();
        case DELETE_OWNED -> node.deleteOwnedBy(last[step.token()].token().owner());
        case TIME_PASSES -> nanos.addAndGet(BOUND / 2);
      }
      all.forEach(issued -> {
        boolean isValid = isAccepted(uncached, issued);
        if (issued.isValid && !isValid) {
          issued.revokedBy = step.node();
          issued.revokedAt = nanos.get();
        }
        issued.isValid = isValid;
      });
    }

    private void rotate(TokenManager node, int token, Duration overlap) {
      node.rotate(last[token].token().id(), overlap).ifPresent(rotated -> {
        last[token] = rotated;
        all.add(new Issued(rotated));
      });
    }

    void checkEveryPlaintext() {
      for (Issued issued : all) {
        for (int i = 0; i < nodes.size(); i++) {
          boolean mayBeLate =
              issued.revokedBy != i && nanos.get() - issued.revokedAt < BOUND && !issued.isValid;
          boolean isAccepted = isAccepted(nodes.get(i), issued);
          assertThat(isAccepted == issued.isValid || (mayBeLate && isAccepted)).isTrue();
        }
      }
    }

    private static boolean isAccepted(TokenManager manager, Issued issued) {
      return manager.authenticate(issued.created.reveal()) instanceof Verdict.Accepted;
    }
  }
}
