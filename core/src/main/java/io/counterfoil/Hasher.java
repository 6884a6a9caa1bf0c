package io.counterfoil;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Hashes plaintexts in every kind that a manager knows: plain SHA-256, then with its older peppers, its present one, and the one
 * to come. What is new gets the present kind; a hash of a kind before that is out of date.
 *
 * <p>In this order a store is asked: hashes are only ever replaced by later ones, so one that is replaced meanwhile is found.
 */
final class Hasher {
  /** To which nothing is over yet. */
  private static final Clock BEGINNING = Clock.fixed(Instant.MIN, ZoneOffset.UTC);

  private final PlaintextShape shape;
  private final Workbenches benches = new Workbenches();
  private final List<Pepper> kinds = new ArrayList<>();
  private final Pepper present;

  /** Fails now, rather than at the first token, if peppers do not fit together or this JVM lacks an algorithm. */
  Hasher(
      PlaintextShape shape,
      Optional<Instant> plainEnd,
      List<Pepper> peppers,
      Optional<Pepper> upcoming) {
    this.shape = shape;
    kinds.add(plainEnd.isPresent() ? Pepper.NONE.until(plainEnd.get()) : Pepper.NONE);
    if (!peppers.isEmpty()) {
      kinds.addAll(peppers.subList(1, peppers.size()));
      kinds.add(peppers.get(0));
    }
    this.present = kinds.get(kinds.size() - 1);
    if (upcoming.isPresent()) {
      kinds.add(upcoming.get());
    }
    requireNames();
    if (present.hasEnd()) {
      throw new IllegalArgumentException(
          present + ": has an end (expected: none, for it makes the hashes of new tokens)");
    }
    try (Workbench bench = benches.take()) {
      for (Pepper pepper : kinds) {
        pepper.hash(bench);
      }
    }
  }

  private void requireNames() {
    Set<String> names = new TreeSet<>();
    for (Pepper pepper : kinds) {
      if (!names.add(pepper.name())) {
        throw new IllegalArgumentException(
            "peppers: two are named " + pepper.name() + " (expected: a name for each)");
      }
    }
  }

  /** Hashes a plaintext that is new. */
  TokenHash hash(String plaintext) {
    try (Workbench bench = benches.take()) {
      bench.lay(plaintext);
      return present.hash(bench);
    }
  }

  /** Returns every hash under which a token may be kept that this text opens now: none if it has not the shape of a plaintext. */
  List<TokenHash> candidates(String text, Clock clock) {
    try (Workbench bench = benches.take()) {
      if (!isPlaintext(text, bench, clock)) {
        return List.of();
      }
      return kinds.size() == 1 ? List.of(present.hash(bench)) : living(bench, new Moment(clock));
    }
  }

  private List<TokenHash> living(Workbench bench, Moment moment) {
    return kinds.stream()
        .filter(pepper -> !pepper.isOver(moment))
        .map(pepper -> pepper.hash(bench))
        .toList();
  }

  /** Returns every hash that a text may have had, those of peppers that are over too: none if it has not the shape of a plaintext. */
  List<TokenHash> everyHash(String text) {
    try (Workbench bench = benches.take()) {
      return isPlaintext(text, bench, BEGINNING)
          ? kinds.stream().map(pepper -> pepper.hash(bench)).toList()
          : List.of();
    }
  }

  private boolean isPlaintext(String text, Workbench bench, Clock clock) {
    return bench.lay(text) && shape.fits(text, bench, clock);
  }

  /** Says whether hashes of that kind open anything now. */
  boolean isLiving(TokenHash hash, Moment moment) {
    for (Pepper pepper : kinds) {
      if (pepper.isOver(moment) && pepper.tag().equals(hash.tag())) {
        return false;
      }
    }
    return true;
  }

  /** Says whether a hash is of a kind before the present one: those to come, other nodes make on purpose. */
  boolean isOutOfDate(TokenHash hash) {
    for (Pepper pepper : kinds) {
      if (pepper == present) {
        return false;
      }
      if (pepper.tag().equals(hash.tag())) {
        return true;
      }
    }
    return false;
  }

  /** Returns the name of the pepper that made a hash, empty if none did. */
  static String pepperOf(TokenHash hash) {
    return Pepper.nameIn(hash.tag()).orElse("");
  }
}
