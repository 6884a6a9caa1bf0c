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
 * Encodes a row as words of printable ASCII with one space between them. The first word is the version of the format. A hyphen
 * stands for an absent value.
 */
final class StoredTokenCodec {
  private static final String VERSION = "1";
  private static final String ABSENT = "-";
  private static final int WORDS = 19;

  private StoredTokenCodec() {}

  static String encode(StoredToken row) {
    Optional<StoredToken.Previous> previous = row.previous();
    return String.join(
        " ",
        VERSION,
        String.valueOf(row.id()),
        encodeText(row.owner()),
        encodeText(row.name()),
        hash(row.hash()),
        previous.map(old -> hash(old.hash())).orElse(ABSENT),
        millis(previous.map(StoredToken.Previous::until)),
        row.enabled() ? "on" : "off",
        encodeText(String.join(" ", row.scopes())),
        encodeText(String.join(" ", row.allowedAddresses())),
        millis(Optional.of(row.createdAt())),
        millis(row.expiresAt()),
        millis(row.trackedSince()),
        millis(row.lastUsedAt()),
        encodeText(row.lastUsedFrom().orElse("")),
        encodeText(row.description()),
        String.valueOf(row.revision()),
        millis(Optional.of(row.renewedAt())),
        millis(row.noticeAfter()));
  }

  /** No message quotes the text, because it contains a hash. */
  static StoredToken decode(String text) {
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
    StoredToken.Builder row = StoredToken.builder()
        .id(Long.parseLong(words.get(1)))
        .owner(decodeText(words.get(2)))
        .name(decodeText(words.get(3)))
        .hash(hash(words.get(4)))
        .enabled(enabled(words.get(7)))
        .scopes(decodeSet(words.get(8)))
        .allowedAddresses(decodeSet(words.get(9)))
        .createdAt(instant(words.get(10)).orElseThrow())
        .description(decodeText(words.get(15)))
        .revision(Long.parseLong(words.get(16)))
        .renewedAt(instant(words.get(17)).orElseThrow());
    previous(words.get(5), words.get(6)).ifPresent(row::previous);
    instant(words.get(11)).ifPresent(row::expiresAt);
    instant(words.get(12)).ifPresent(row::trackedSince);
    instant(words.get(13)).ifPresent(row::lastUsedAt);
    String from = decodeText(words.get(14));
    if (!from.isEmpty()) {
      row.lastUsedFrom(from);
    }
    instant(words.get(18)).ifPresent(row::noticeAfter);
    return row.build();
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

  private static String encodeText(String text) {
    return text.isEmpty()
        ? ABSENT
        : '=' + Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(UTF_8));
  }

  /** The equals sign in front of a text distinguishes it from an absent one. A truncated word must not look like "no scopes". */
  private static String decodeText(String word) {
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

  private static Set<String> decodeSet(String word) {
    String joined = decodeText(word);
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

  /** Any word except "on" and "off" is rejected, so that it cannot enable a token. */
  private static boolean enabled(String word) {
    if (!word.equals("on") && !word.equals("off")) {
      throw malformed();
    }
    return word.equals("on");
  }
}
