package io.counterfoil.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.counterfoil.DuplicateTokenHashException;
import io.counterfoil.StoredToken;
import io.counterfoil.TokenHash;
import io.counterfoil.TokenQuery;
import io.counterfoil.TokenStore;
import io.counterfoil.testing.Effort;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** Hashes that another token already has. */
@ParameterizedClass
@MethodSource("io.counterfoil.jdbc.Database#withAndWithoutAutoCommit")
class DuplicateHashTest {
  private static final int CALLERS = 4;

  @Parameter(0)
  Database database;

  @Parameter(1)
  boolean autoCommit;

  private TokenStore store;
  private StoredToken one;
  private StoredToken other;

  @BeforeEach
  void fill() {
    store = database.emptyStore(autoCommit);
    one = Samples.token("one").withId(store.insert(Samples.token("one")));
    other = Samples.token("other").withId(store.insert(Samples.token("other")));
  }

  @Test // a leaked hash has another tag
  void the_hash_of_another_token_is_a_duplicate_whatever_its_tag() {
    for (String tag : new String[] {"sha256", "leaked"}) {
      TokenHash taken = TokenHash.of(tag, one.hash().bytes());
      assertThatExceptionOfType(DuplicateTokenHashException.class)
          .isThrownBy(() -> store.insert(Samples.token("new").withHashes(taken, Optional.empty())));
      assertThatExceptionOfType(DuplicateTokenHashException.class)
          .isThrownBy(() -> store.update(other.withHashes(taken, other.previous())));
    }
    assertThat(store.list(TokenQuery.all(), 0, 10)).containsExactly(one, other);
  }

  @Test // it is the hash of one token and the previous hash of the other
  void a_duplicate_is_found_among_several_tokens_with_that_hash() {
    StoredToken.Previous replaced = new StoredToken.Previous(one.hash(), Samples.NOW);
    assertThat(store.update(other.withHashes(other.hash(), Optional.of(replaced))))
        .isTrue();
    assertThatExceptionOfType(DuplicateTokenHashException.class)
        .isThrownBy(
            () -> store.insert(Samples.token("new").withHashes(one.hash(), Optional.empty())));
  }

  @Test // G1
  void of_many_callers_that_insert_the_same_hash_exactly_one_succeeds() throws Exception {
    int rounds = Effort.times(10);
    for (int round = 0; round < rounds; round++) {
      TokenHash hash = Samples.hash("round " + round);
      AtomicInteger caller = new AtomicInteger();
      AtomicInteger refused = new AtomicInteger();
      String prefix = "round " + round + ", caller ";
      Concurrently.run(CALLERS, () -> {
        StoredToken row = Samples.token(prefix + caller.incrementAndGet());
        try {
          store.insert(row.withHashes(hash, row.previous()));
        } catch (DuplicateTokenHashException e) {
          refused.incrementAndGet();
        }
      });
      assertThat(refused).hasValue(CALLERS - 1);
    }
    assertThat(store.list(TokenQuery.all(), other.id(), 1000)).hasSize(rounds);
  }

  @Test // G1
  void of_two_tokens_that_get_the_same_hash_exactly_one_succeeds() throws Exception {
    for (int round = 0; round < Effort.times(10); round++) {
      TokenHash hash = Samples.hash("round " + round);
      AtomicInteger caller = new AtomicInteger();
      AtomicInteger refused = new AtomicInteger();
      Concurrently.run(2, () -> {
        StoredToken row = caller.incrementAndGet() == 1 ? one : other;
        try {
          assertThat(store.update(row.withHashes(hash, row.previous()))).isTrue();
        } catch (DuplicateTokenHashException e) {
          refused.incrementAndGet();
        }
      });
      assertThat(refused).hasValue(1);
      one = store.findById(one.id()).orElseThrow();
      other = store.findById(other.id()).orElseThrow();
    }
  }

  @Test // a plaintext that is imported again after a rotation
  void several_tokens_may_have_the_same_previous_hash_or_one_that_another_token_has_as_its_hash() {
    Optional<StoredToken.Previous> replaced =
        Optional.of(new StoredToken.Previous(Samples.hash("imported"), Samples.NOW));
    assertThat(store.update(one.withHashes(one.hash(), replaced))).isTrue();
    assertThat(store.update(other.withHashes(other.hash(), replaced))).isTrue();
    StoredToken again = Samples.token("new").withHashes(Samples.hash("imported"), Optional.empty());
    long id = store.insert(again);
    assertThat(store.list(TokenQuery.all(), 0, 10))
        .containsExactly(
            one.updated(one.withHashes(one.hash(), replaced)),
            other.updated(other.withHashes(other.hash(), replaced)),
            again.withId(id));
  }
}
