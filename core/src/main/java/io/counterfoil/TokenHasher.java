package io.counterfoil;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;

/**
 * Hashes plaintexts in every way that a manager knows: with plain SHA-256, then with its older peppers, its present pepper, and
 * its upcoming pepper. New tokens get a hash with the present pepper. A hash from earlier in this order is outdated.
 *
 * <p>The store looks for the hashes in this order. A hash is only replaced by a hash that comes later in this order. So a token
 * is found even if its hash is replaced during the query.
 */
final class TokenHasher {
  private final List<Pepper> peppers = new ArrayList<>();
  private final Pepper present;

  /**
   * Creates a hasher.
   *
   * @param plainEnd when plain hashes stop being accepted; empty if never
   * @param configured the present pepper first, then the older ones; empty for plain hashes
   * @throws IllegalArgumentException if two peppers have the same name, or the present one has an end
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
          present + ": has an end (expected: none, because it makes the hashes of new tokens)");
    }
    allHashes(""); // fails now, rather than at the first token, if an algorithm is missing
  }

  private void requireDistinctNames() {
    Set<String> names = new TreeSet<>();
    for (Pepper pepper : peppers) {
      if (!names.add(pepper.name())) {
        throw new IllegalArgumentException(
            "peppers: two are named " + pepper.name() + " (expected: different names)");
      }
    }
  }

  /** Returns the hash of a new plaintext. */
  TokenHash hash(String plaintext) {
    return hash(present, plaintext.getBytes(US_ASCII));
  }

  /** Returns every hash by which a token with this plaintext can be accepted now. */
  List<TokenHash> acceptedHashes(String plaintext, Clock clock) {
    return hashes(plaintext, pepper -> !pepper.isOver(clock));
  }

  /** Returns every hash under which a token with this plaintext may be stored. */
  List<TokenHash> allHashes(String plaintext) {
    return hashes(plaintext, pepper -> true);
  }

  private List<TokenHash> hashes(String plaintext, Predicate<Pepper> condition) {
    byte[] text = plaintext.getBytes(US_ASCII);
    List<TokenHash> hashes = new ArrayList<>(peppers.size());
    for (Pepper pepper : peppers) {
      if (condition.test(pepper)) {
        hashes.add(hash(pepper, text));
      }
    }
    return hashes;
  }

  /**
   * Hashes without salt and stretching. Those protect secrets that can be guessed, but 256 random bits cannot be guessed (OWASP
   * ASVS 11.4.1, NIST SP 800-63B section 5.1.2).
   */
  private TokenHash hash(Pepper pepper, byte[] text) {
    byte[] bytes =
        pepper.key().isPresent() ? Hmac.of(pepper.key().get(), text, text.length) : sha256(text);
    return TokenHash.computed(pepper.tag(), bytes);
  }

  static byte[] sha256(byte[] text) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(text);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(
          "This JVM has no SHA-256, which every Java platform must have", e);
    }
  }

  /** Returns whether hashes with the tag of this hash are accepted now. */
  boolean isAccepted(TokenHash hash, Clock clock) {
    for (Pepper pepper : peppers) {
      if (pepper.tag().equals(hash.tag()) && pepper.isOver(clock)) {
        return false;
      }
    }
    return true;
  }

  /**
   * Returns whether a hash has an older pepper than the present one, or no pepper although there is a present one. A hash with
   * the upcoming pepper is not outdated: other nodes use that pepper on purpose.
   */
  boolean isOutdated(TokenHash hash) {
    for (Pepper pepper : peppers) {
      if (pepper == present) {
        return false;
      }
      if (pepper.tag().equals(hash.tag())) {
        return true;
      }
    }
    return false;
  }

  /** Returns the name of the pepper of a hash; empty if the hash has no pepper. */
  static String pepperOf(TokenHash hash) {
    return Pepper.nameIn(hash.tag()).orElse("");
  }
}
