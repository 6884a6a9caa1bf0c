package io.counterfoil;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * Hashes plaintexts in every kind that a manager knows: plain SHA-256, then with its older peppers, its present one, and the one
 * to come. What is new gets the present kind; a hash of a kind before that is out of date.
 *
 * <p>In this order a store is asked: hashes are only ever replaced by later ones, so one that is replaced meanwhile is found.
 */
final class Hasher {
  private final List<Pepper> kinds = new ArrayList<>();
  private final Pepper present;

  /** Fails now, rather than at the first token, if peppers do not fit together or this JVM lacks an algorithm. */
  Hasher(Optional<Instant> plainEnd, List<Pepper> peppers, Optional<Pepper> upcoming) {
    kinds.add(plainEnd.map(Pepper.NONE::until).orElse(Pepper.NONE));
    peppers.stream().skip(1).forEach(kinds::add);
    peppers.stream().limit(1).forEach(kinds::add);
    this.present = kinds.get(kinds.size() - 1);
    upcoming.ifPresent(kinds::add);
    requireNames();
    if (present.hasEnd()) {
      throw new IllegalArgumentException(
          present + ": has an end (expected: none, for it makes the hashes of new tokens)");
    }
    everyHash("");
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
    return present.hash(plaintext);
  }

  /** Returns every hash under which a token may be kept that this plaintext opens now. */
  List<TokenHash> candidates(String plaintext, Instant now) {
    return hashes(plaintext, pepper -> !pepper.isOver(now));
  }

  /** Returns every hash that a plaintext may have had, those of peppers that are over too. */
  List<TokenHash> everyHash(String plaintext) {
    return hashes(plaintext, pepper -> true);
  }

  private List<TokenHash> hashes(String plaintext, Predicate<Pepper> wanted) {
    return kinds.stream().filter(wanted).map(pepper -> pepper.hash(plaintext)).toList();
  }

  /** Says whether hashes of that kind open anything now. */
  boolean isLiving(TokenHash hash, Instant now) {
    return kind(hash).noneMatch(pepper -> pepper.isOver(now));
  }

  /** Says whether a hash is of a kind before the present one: those to come, other nodes make on purpose. */
  boolean isOutOfDate(TokenHash hash) {
    return kind(hash).anyMatch(pepper -> kinds.indexOf(pepper) < kinds.indexOf(present));
  }

  private Stream<Pepper> kind(TokenHash hash) {
    return kinds.stream().filter(pepper -> pepper.tag().equals(hash.tag()));
  }

  /** Returns the name of the pepper that made a hash, empty if none did. */
  static String pepperOf(TokenHash hash) {
    return Pepper.nameIn(hash.tag()).orElse("");
  }
}
