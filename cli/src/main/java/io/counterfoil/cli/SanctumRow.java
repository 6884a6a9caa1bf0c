package io.counterfoil.cli;

import io.counterfoil.NewToken;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** A row of Laravel Sanctum. No message contains a value except the name. */
final class SanctumRow implements ForeignRow {
  private static final Pattern HASH = Pattern.compile("[0-9a-f]{64}");
  private static final int MAX_NAME = 64;
  private static final List<String> TEXTS =
      List.of("tokenable_id", "name", "token", "abilities", "created_at");
  private static final String EXPIRY = "expires_at";

  private final long id;
  private final Map<String, String> texts;
  private final ZoneId zone;
  private final boolean isNameRepeated;

  private SanctumRow(long id, Map<String, String> texts, ZoneId zone, boolean isNameRepeated) {
    this.id = id;
    this.texts = texts;
    this.zone = zone;
    this.isNameRepeated = isNameRepeated;
  }

  static SanctumRow of(ResultSet row, ZoneId zone, Set<List<String>> repeated) throws SQLException {
    Map<String, String> texts = new HashMap<>();
    for (int i = 1; i <= row.getMetaData().getColumnCount(); i++) {
      String column = row.getMetaData().getColumnName(i);
      String value = row.getString(i);
      if (value != null && (TEXTS.contains(column) || column.equals(EXPIRY))) {
        texts.put(column, value);
      }
    }
    List<String> ownName =
        List.of(texts.getOrDefault("tokenable_id", ""), texts.getOrDefault("name", ""));
    return new SanctumRow(row.getLong("id"), texts, zone, repeated.contains(ownName));
  }

  long id() {
    return id;
  }

  @Override
  public String label() {
    return "id " + id + ' ' + SafeText.name(texts.getOrDefault("name", ""));
  }

  @Override
  public ForeignToken token() {
    String sha256 = text("token");
    if (!HASH.matcher(sha256).matches()) {
      throw ForeignRow.invalid("token: not a hash", "64 of 0-9, a-f");
    }
    List<String> abilities = JsonTexts.parse(text("abilities"));
    NewToken newToken = NewToken.named(name()).owner(text("tokenable_id"));
    newToken = abilities.isEmpty() ? newToken : newToken.scopes(abilities);
    newToken = time(EXPIRY).map(newToken::expiresAt).orElse(newToken);
    Instant createdAt =
        time("created_at").orElseThrow(() -> ForeignRow.invalid("created_at: missing", "a time"));
    return new ForeignToken(newToken, sha256, true, createdAt);
  }

  /** Tokens of one owner have different names here, so the id is added to a name that occurs several times. */
  private String name() {
    String name = text("name");
    if (!isNameRepeated) {
      return name;
    }
    String suffix = " #" + id;
    int kept = Math.min(name.codePointCount(0, name.length()), MAX_NAME - suffix.length());
    return name.substring(0, name.offsetByCodePoints(0, kept)) + suffix;
  }

  private String text(String column) {
    return Optional.ofNullable(texts.get(column))
        .orElseThrow(() -> ForeignRow.invalid(column + ": missing", "a text"));
  }

  /** Laravel writes local times without a zone. */
  private Optional<Instant> time(String column) {
    try {
      return Optional.ofNullable(texts.get(column))
          .map(text -> LocalDateTime.parse(text.replace(' ', 'T')).atZone(zone).toInstant());
    } catch (DateTimeException e) {
      throw ForeignRow.invalid(column + ": not a time", "a time such as 2025-01-04 14:13:20");
    }
  }
}
