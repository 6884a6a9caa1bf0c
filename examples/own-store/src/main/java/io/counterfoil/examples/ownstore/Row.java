package io.counterfoil.examples.ownstore;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.joining;

import io.counterfoil.StoredToken;
import io.counterfoil.StoredToken.Previous;
import io.counterfoil.TokenHash;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** A token as Redis has it: bytes by the name of a field. What is absent is empty. */
final class Row {
  private final Map<String, byte[]> fields = new HashMap<>();

  private Row(List<?> namesAndValues) {
    for (int i = 0; i < namesAndValues.size(); i += 2) {
      byte[] name = (byte[]) namesAndValues.get(i);
      fields.put(new String(name, UTF_8), (byte[]) namesAndValues.get(i + 1));
    }
  }

  /** Returns names and values of all fields but the id. */
  static Object[] fields(StoredToken token) {
    Optional<TokenHash> previous = token.previous().map(Previous::hash);
    Map<String, Object> fields = new HashMap<>();
    fields.put("owner", token.owner());
    fields.put("name", token.name());
    fields.put("tag", token.hash().tag());
    fields.put("hash", token.hash().bytes());
    fields.put("previousTag", previous.map(TokenHash::tag));
    fields.put("previousHash", previous.map(TokenHash::bytes));
    fields.put("previousUntil", token.previous().map(Previous::until));
    fields.put("enabled", token.enabled());
    fields.put("scopes", token.scopes());
    fields.put("addresses", token.allowedAddresses());
    fields.put("created", token.createdAt());
    fields.put("expires", token.expiresAt());
    fields.put("tracked", token.trackedSince());
    fields.put("lastUsed", token.lastUsedAt());
    return flat(fields);
  }

  /** Returns keys and values in turn. */
  static Object[] flat(Map<?, ?> map) {
    return map.entrySet().stream()
        .flatMap(entry -> Stream.of(entry.getKey(), entry.getValue()))
        .toArray();
  }

  static byte[] bytes(Object value) {
    if (value instanceof byte[] bytes) {
      return bytes;
    } else if (value instanceof Optional<?> optional) {
      return optional.isPresent() ? bytes(optional.get()) : new byte[0];
    } else if (value instanceof Instant at) { // as many digits for each, in the order of time
      return bytes("%016x%08x".formatted(at.getEpochSecond() ^ Long.MIN_VALUE, at.getNano()));
    } else if (value instanceof Set<?> words) {
      return bytes(words.stream().map(String::valueOf).collect(joining(" ")));
    }
    return value.toString().getBytes(UTF_8);
  }

  static StoredToken token(List<?> namesAndValues) {
    Row row = new Row(namesAndValues);
    return new StoredToken(
        Long.parseLong(row.text("id")),
        row.text("owner"),
        row.text("name"),
        row.hash("tag", "hash"),
        row.instant("previousUntil")
            .map(at -> new Previous(row.hash("previousTag", "previousHash"), at)),
        Boolean.parseBoolean(row.text("enabled")),
        row.words("scopes"),
        row.words("addresses"),
        row.instant("created").orElseThrow(),
        row.instant("expires"),
        row.instant("tracked"),
        row.instant("lastUsed"));
  }

  private byte[] field(String name) {
    return Objects.requireNonNull(fields.get(name), name);
  }

  private String text(String name) {
    return new String(field(name), UTF_8);
  }

  private TokenHash hash(String tag, String bytes) {
    return TokenHash.of(text(tag), field(bytes));
  }

  private Set<String> words(String name) {
    String words = text(name);
    return words.isEmpty() ? Set.of() : Set.of(words.split(" "));
  }

  private Optional<Instant> instant(String name) {
    String digits = text(name);
    if (digits.isEmpty()) {
      return Optional.empty();
    }
    long second = Long.parseUnsignedLong(digits, 0, 16, 16) ^ Long.MIN_VALUE;
    return Optional.of(Instant.ofEpochSecond(second, Long.parseLong(digits, 16, 24, 16)));
  }
}
