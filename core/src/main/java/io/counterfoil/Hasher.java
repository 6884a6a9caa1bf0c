package io.counterfoil;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Hashes plaintexts: with the first of its peppers what is new, with all of them what is presented; with plain SHA-256 where
 * there is none.
 */
final class Hasher {
  private final List<Pepper> peppers;

  /** Fails now, rather than at the first token, if peppers do not fit together or this JVM lacks an algorithm. */
  Hasher(List<Pepper> peppers) {
    this.peppers = List.copyOf(peppers);
    Set<String> names = new TreeSet<>();
    for (Pepper pepper : peppers) {
      if (!names.add(pepper.name())) {
        throw new IllegalArgumentException(
            "peppers: two are named " + pepper.name() + " (expected: a name for each)");
      }
    }
    if (!peppers.isEmpty() && peppers.get(0).hasEnd()) {
      throw new IllegalArgumentException("pepper " + peppers.get(0).name()
          + ": has an end (expected: none, for it makes the hashes of new tokens)");
    }
    everyHash("");
  }

  /** Hashes a plaintext that is new. */
  TokenHash hash(String plaintext) {
    return peppers.isEmpty() ? Sha256.hash(plaintext) : peppers.get(0).hash(plaintext);
  }

  /** Returns every hash under which a token may be kept that this plaintext opens now; the present kind first. */
  List<TokenHash> candidates(String plaintext, Instant now) {
    if (peppers.isEmpty()) {
      return List.of(Sha256.hash(plaintext));
    }
    return hashes(
        plaintext, peppers.stream().filter(pepper -> !pepper.isOver(now)).toList());
  }

  /** Returns every hash that a plaintext may have had, those of peppers that are over too. */
  List<TokenHash> everyHash(String plaintext) {
    return hashes(plaintext, peppers);
  }

  private static List<TokenHash> hashes(String plaintext, List<Pepper> living) {
    List<TokenHash> hashes = new ArrayList<>();
    living.forEach(pepper -> hashes.add(pepper.hash(plaintext)));
    hashes.add(Sha256.hash(plaintext));
    return hashes;
  }

  /** Says whether new tokens have hashes of that kind. */
  boolean isPresentKind(TokenHash hash) {
    return hash.tag().equals(peppers.isEmpty() ? Sha256.TAG : peppers.get(0).tag());
  }

  /** Returns the name of the pepper that made a hash, empty if none did. */
  static String pepperOf(TokenHash hash) {
    return Optional.of(hash.tag()).flatMap(Pepper::nameIn).orElse("");
  }
}
