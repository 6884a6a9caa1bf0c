package io.counterfoil;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Hashes plaintexts in every way that a manager knows: with plain SHA-256, then with its older peppers, its present one, and the
 * upcoming one. New tokens get a hash of the present pepper; a hash of an earlier one is outdated.
 *
 * <p>A store is asked for the hashes in this order. A hash is only ever replaced by a later one, so a token is found even if its
 * hash is replaced meanwhile.
 */
final class TokenHasher {
  private final DigestPool digests = new DigestPool();
  private final List<Pepper> peppers = new ArrayList<>();
  private final Pepper present;

  /**
   * Creates a hasher.
   *
   * @param plainEnd when plain hashes stop being accepted; empty if never
   * @param configured the present pepper first, then the older ones; empty for plain hashes
   * @throws IllegalArgumentException if two peppers have one name, or the present one has an end
   * @throws IllegalStateException if the JVM lacks an algorithm
   */
  TokenHasher(Optional<Instant> plainEnd, List<Pepper> configured, Optional<Pepper> upcoming) {
    peppers.add(plainEnd.map(Pepper.NONE::until).orElse(Pepper.NONE));
    if (!configured.isEmpty()) {
      peppers.addAll(configured.subList(1, configured.size()));
      peppers.add(configured.get(0));
    }
    this.present = peppers.get(peppers.size() - 1);
    upcoming.ifPresent(peppers::add);
    requireDistinctNames();
    if (present.hasEnd()) {
      throw new IllegalArgumentException(
          present + ": has an end (expected: none, for it makes the hashes of new tokens)");
    }
    hashes(""); // fails now, rather than at the first token, if an algorithm is missing
  }

  private void requireDistinctNames() {
    Set<String> names = new TreeSet<>();
    for (Pepper pepper : peppers) {
      if (!names.add(pepper.name())) {
        throw new IllegalArgumentException(
            "peppers: two are named " + pepper.name() + " (expected: a name for each)");
      }
    }
  }

  /** Returns the hash of a new plaintext. */
  TokenHash hash(String plaintext) {
    return hash(present, plaintext.getBytes(US_ASCII));
  }

  /** Returns every hash under which the token of this plaintext may be stored. */
  List<TokenHash> hashes(String plaintext) {
    byte[] text = plaintext.getBytes(US_ASCII);
    List<TokenHash> hashes = new ArrayList<>(peppers.size());
    for (Pepper pepper : peppers) {
      hashes.add(hash(pepper, text));
    }
    return hashes;
  }

  /**
   * Hashes without salt and stretching, which protect secrets that can be guessed; 256 random bits cannot (OWASP ASVS 11.4.1, NIST
   * SP 800-63B section 5.1.2).
   */
  private TokenHash hash(Pepper pepper, byte[] text) {
    byte[] bytes = pepper.key().isPresent()
        ? Hmac.of(pepper.key().get(), text, text.length)
        : digests.sha256(text);
    return TokenHash.computed(pepper.tag(), bytes);
  }

  /** Returns whether hashes of that kind are accepted now. */
  boolean isAccepted(TokenHash hash, Instant now) {
    for (Pepper pepper : peppers) {
      if (pepper.isOver(now) && pepper.tag().equals(hash.tag())) {
        return false;
      }
    }
    return true;
  }

  /** Returns whether a hash is of a pepper before the present one. The upcoming one is not: other nodes use it on purpose. */
  boolean isOutdated(TokenHash hash) {
    for (Pepper pepper : peppers.subList(0, peppers.indexOf(present))) {
      if (pepper.tag().equals(hash.tag())) {
        return true;
      }
    }
    return false;
  }

  /** Returns the name of the pepper that made a hash; empty if none did. */
  static String pepperOf(TokenHash hash) {
    return Pepper.nameIn(hash.tag()).orElse("");
  }
}
