package io.counterfoil;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The text form of a row: words of printable ASCII with one blank between them, of which the first is the version of the form.
 * What is absent is a hyphen.
 */
final class RowText {
  private static final String VERSION = "1";
  private static final String ABSENT = "-";
  private static final int WORDS = 14;

  private RowText() {}

  static String of(StoredToken row) {
    Optional<StoredToken.Previous> previous = row.previous();
    return String.join(
        " ",
        VERSION,
        String.valueOf(row.id()),
        encoded(row.owner()),
        encoded(row.name()),
        hash(row.hash()),
        previous.map(old -> hash(old.hash())).orElse(ABSENT),
        millis(previous.map(StoredToken.Previous::until)),
        row.enabled() ? "on" : "off",
        encoded(String.join(" ", row.scopes())),
        encoded(String.join(" ", row.allowedAddresses())),
        millis(Optional.of(row.createdAt())),
        millis(row.expiresAt()),
        millis(row.trackedSince()),
        millis(row.lastUsedAt()));
  }

  /** No message quotes the text: there is a hash in it. */
  static StoredToken parsed(String text) {
    List<String> words = List.of(text.split(" ", -1));
    if (words.size() != WORDS || !words.get(0).equals(VERSION)) {
      throw malformed();
    }
    try {
      return row(words);
    } catch (RuntimeException quotesTheText) {
      throw malformed();
    }
  }

  private static StoredToken row(List<String> words) {
    return new StoredToken(
        Long.parseLong(words.get(1)),
        decoded(words.get(2)),
        decoded(words.get(3)),
        hash(words.get(4)),
        previous(words.get(5), words.get(6)),
        enabled(words.get(7)),
        texts(words.get(8)),
        texts(words.get(9)),
        instant(words.get(10)).orElseThrow(),
        instant(words.get(11)),
        instant(words.get(12)),
        instant(words.get(13)));
  }

  private static Optional<StoredToken.Previous> previous(String hash, String until) {
    if (hash.equals(ABSENT) && until.equals(ABSENT)) {
      return Optional.empty();
    }
    return Optional.of(new StoredToken.Previous(hash(hash), instant(until).orElseThrow()));
  }

  private static IllegalArgumentException malformed() {
    return new IllegalArgumentException(
        "row: (expected: the text form of a StoredToken, version " + VERSION + ')');
  }

  private static String encoded(String text) {
    return text.isEmpty()
        ? ABSENT
        : '=' + Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(UTF_8));
  }

  /** The sign in front tells a text from an absent one; of half a word nothing must be left that looks like no scopes. */
  private static String decoded(String word) {
    if (word.equals(ABSENT)) {
      return "";
    }
    if (!word.matches("=.+")) {
      throw malformed();
    }
    byte[] bytes = Base64.getUrlDecoder().decode(word.substring(1));
    try {
      return UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException quotesNothing) {
      throw malformed();
    }
  }

  private static Set<String> texts(String word) {
    String joined = decoded(word);
    return joined.isEmpty() ? Set.of() : Set.copyOf(Arrays.asList(joined.split(" ", -1)));
  }

  private static String hash(TokenHash hash) {
    return HexFormat.of().formatHex(hash.bytes()) + hash.tag();
  }

  private static TokenHash hash(String word) {
    int digits = 2 * TokenHash.LENGTH;
    return TokenHash.of(word.substring(digits), HexFormat.of().parseHex(word, 0, digits));
  }

  private static String millis(Optional<Instant> at) {
    return at.map(Instant::toEpochMilli).map(String::valueOf).orElse(ABSENT);
  }

  private static Optional<Instant> instant(String word) {
    return word.equals(ABSENT)
        ? Optional.empty()
        : Optional.of(Instant.ofEpochMilli(Long.parseLong(word)));
  }

  /** A word that is neither must not switch a token on. */
  private static boolean enabled(String word) {
    if (!word.equals("on") && !word.equals("off")) {
      throw malformed();
    }
    return word.equals("on");
  }
}
