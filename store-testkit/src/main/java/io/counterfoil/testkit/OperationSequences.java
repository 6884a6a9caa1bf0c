package io.counterfoil.testkit;

import java.time.Instant;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ArbitrarySupplier;
import net.jqwik.api.Combinators;
import net.jqwik.api.RandomDistribution;
import net.jqwik.api.Tuple;

/**
 * Sequences of operations. They use only a few names, owners, hashes, ids and instants, so that the operations affect
 * each other.
 */
final class OperationSequences implements ArbitrarySupplier<List<Operation>> {
  static final List<String> KEYS = List.of("create:a", "create:b", "import:a");

  private static final int MAX_LENGTH = 40;

  @Override
  public Arbitrary<List<Operation>> get() {
    Arbitrary<Operation> operation = Arbitraries.frequencyOf(
        Tuple.of(6, inserts()),
        Tuple.of(
            3, Combinators.combine(Arbitraries.of(KEYS), inserts()).as(Operation.InsertOnce::new)),
        Tuple.of(2, hashes().list().ofMinSize(1).ofMaxSize(3).map(Operation.FindByHash::new)),
        Tuple.of(1, Combinators.combine(owners(), names()).as(Operation.FindByName::new)),
        Tuple.of(1, ordinals().map(Operation.FindById::new)),
        Tuple.of(1, Combinators.combine(ordinals(), limits()).as(Operation.ListAll::new)),
        Tuple.of(
            1, Combinators.combine(owners(), ordinals(), limits()).as(Operation.ListOwnedBy::new)),
        Tuple.of(
            2,
            Combinators.combine(ordinals(), Arbitraries.of(true, false))
                .as(Operation.SetEnabled::new)),
        Tuple.of(
            6,
            Combinators.combine(ordinals(), expectedHashes(), hashes(), instants())
                .as(Operation.Rotate::new)),
        Tuple.of(1, Arbitraries.just(new Operation.DisableAll())),
        Tuple.of(1, owners().map(Operation.DisableOwnedBy::new)),
        Tuple.of(
            2,
            Combinators.combine(ordinals(), expectedHashes(), hashes()).as(Operation.Rehash::new)),
        Tuple.of(
            2,
            Combinators.combine(ordinals(), expectedHashes(), Arbitraries.of("sha256", "leaked"))
                .as(Operation.Retag::new)),
        Tuple.of(
            3,
            Combinators.combine(ordinals(), expectedHashes(), instants())
                .as(Operation.EndPrevious::new)),
        Tuple.of(
            2,
            Combinators.combine(Arbitraries.maps(ordinals(), instants()).ofMaxSize(3), instants())
                .as(Operation.RecordUses::new)),
        Tuple.of(2, ordinals().map(Operation.Delete::new)),
        Tuple.of(1, owners().map(Operation.DeleteOwnedBy::new)),
        Tuple.of(1, Combinators.combine(instants(), limits()).as(Operation.DeleteExpired::new)));
    // By default, most lists that jqwik generates are short. The long ones find faults.
    return operation
        .list()
        .ofMinSize(1)
        .ofMaxSize(MAX_LENGTH)
        .withSizeDistribution(RandomDistribution.uniform());
  }

  private static Arbitrary<Operation.Insert> inserts() {
    return Combinators.combine(
            owners(), names(), hashes(), Arbitraries.of(true, false), instants().optional())
        .as(Operation.Insert::new);
  }

  private static Arbitrary<String> owners() {
    return Arbitraries.of("", "o");
  }

  private static Arbitrary<String> names() {
    return Arbitraries.of("a", "A", "a ", ConfusableTexts.EMOJI);
  }

  private static Arbitrary<Integer> hashes() {
    return Arbitraries.integers().between(1, Operation.HASHES);
  }

  /** Half of them are the current hash, because purely random ones would hardly ever match. */
  private static Arbitrary<Integer> expectedHashes() {
    return Arbitraries.frequencyOf(
        Tuple.of(1, Arbitraries.just(Operation.CURRENT)), Tuple.of(1, hashes()));
  }

  private static Arbitrary<Long> ordinals() {
    return Arbitraries.longs().between(0, 4);
  }

  private static Arbitrary<Integer> limits() {
    return Arbitraries.integers().between(1, 3);
  }

  private static Arbitrary<Instant> instants() {
    return Arbitraries.of(
        TestRow.NOW,
        TestRow.NOW.plusNanos(1),
        TestRow.NOW.plusMillis(1),
        TestRow.NOW.plusNanos(1_999_999),
        TestRow.NOW.plusMillis(2));
  }
}
