package io.counterfoil.testkit;

import io.counterfoil.StoredToken.Use;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
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

  /** Without tokens, most operations change nothing. */
  private static final int FIRST_INSERTS = 3;

  @Override
  public Arbitrary<List<Operation>> get() {
    Arbitrary<Operation> operation = Arbitraries.frequencyOf(
        Tuple.of(6, inserts()),
        Tuple.of(
            3, Combinators.combine(Arbitraries.of(KEYS), inserts()).as(Operation.InsertOnce::new)),
        Tuple.of(2, hashes().list().ofMinSize(1).ofMaxSize(3).map(Operation.FindByHash::new)),
        Tuple.of(1, Combinators.combine(owners(), names()).as(Operation.FindByName::new)),
        Tuple.of(1, ordinals().map(Operation.FindById::new)),
        Tuple.of(
            3, Combinators.combine(filters(), ordinals(), limits()).as(Operation.ListPage::new)),
        Tuple.of(2, filters().map(Operation.Count::new)),
        Tuple.of(2, ordinals().map(Operation.Disable::new)),
        Tuple.of(24, updates()),
        Tuple.of(1, Arbitraries.just(new Operation.DisableAll())),
        Tuple.of(1, owners().map(Operation.DisableOwnedBy::new)),
        Tuple.of(
            4,
            Combinators.combine(
                    Arbitraries.maps(ordinals(), uses()).ofMinSize(1).ofMaxSize(4), instants())
                .as(Operation.RecordUses::new)),
        Tuple.of(1, ordinals().map(Operation.Delete::new)),
        Tuple.of(1, owners().map(Operation.DeleteOwnedBy::new)),
        Tuple.of(1, Combinators.combine(ordinals(), instants()).as(Operation.DeleteItExpired::new)),
        Tuple.of(1, Combinators.combine(instants(), limits()).as(Operation.DeleteExpired::new)));
    // By default, most lists that jqwik generates are short. The long ones find faults.
    Arbitrary<List<Operation>> operations = operation
        .list()
        .ofMinSize(1)
        .ofMaxSize(MAX_LENGTH)
        .withSizeDistribution(RandomDistribution.uniform());
    return Combinators.combine(inserts().list().ofSize(FIRST_INSERTS), operations)
        .as((first, rest) -> {
          rest.addAll(0, first);
          return rest;
        });
  }

  private static Arbitrary<Operation.Insert> inserts() {
    return Combinators.combine(
            owners(),
            names(),
            hashes(),
            Arbitraries.of(true, false),
            scopes(),
            instants().optional(),
            instants().optional())
        .as(Operation.Insert::new);
  }

  /** Two thirds of them expect the stored revision. The first tokens are changed most often. */
  private static Arbitrary<Operation.Update> updates() {
    return Combinators.combine(
            Arbitraries.of(1L, 1L, 2L, 2L, 3L, 4L),
            Arbitraries.of(0, 0, 0, 0, -1, 1),
            changes().list().ofMinSize(1).ofMaxSize(3))
        .as(Operation.Update::new);
  }

  private static Arbitrary<ColumnChange> changes() {
    return Arbitraries.oneOf(
        names().map(ColumnChange.Name::new),
        Arbitraries.of("", " ", "text").map(ColumnChange.Description::new),
        Arbitraries.of(true, false).map(ColumnChange.Enabled::new),
        hashes().map(ColumnChange.Rehash::new),
        Combinators.combine(hashes(), instants()).as(ColumnChange.Rotate::new),
        Arbitraries.of("sha256", "leaked").map(ColumnChange.Retag::new),
        instants().optional().map(ColumnChange.EndPrevious::new),
        Combinators.combine(scopes(), Arbitraries.of(Set.<String>of(), Set.of("192.0.2.1")))
            .as(ColumnChange.Rights::new),
        Combinators.combine(instants().optional(), instants(), instants().optional())
            .as(ColumnChange.Times::new),
        Combinators.combine(owners(), instants(), instants().optional(), addresses())
            .as(ColumnChange.Untouched::new));
  }

  /** Each condition is absent in half of them. */
  private static Arbitrary<Filter> filters() {
    return Combinators.combine(
            owners().optional(0.5),
            Arbitraries.of("a", "A", " ", "%", ConfusableTexts.EMOJI).optional(0.5),
            Arbitraries.of(true, false).optional(0.5),
            Arbitraries.of("read", "write").optional(0.5),
            instants().optional(0.5),
            instants().optional(0.5),
            instants().optional(0.5),
            instants().optional(0.5))
        .as(Filter::new);
  }

  private static Arbitrary<Set<String>> scopes() {
    return Arbitraries.of(
        Set.<String>of(), Set.of("read"), Set.of("read", "write"), Set.of("read:all"));
  }

  private static Arbitrary<Use> uses() {
    return Combinators.combine(instants(), addresses()).as(Use::new);
  }

  private static Arbitrary<Optional<String>> addresses() {
    return Arbitraries.of("192.0.2.1", "2001:db8::1").optional(0.5);
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
