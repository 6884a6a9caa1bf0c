package io.counterfoil.documentation;

import io.counterfoil.documentation.Table.Row;
import java.lang.reflect.Field;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** The table of limits in docs/reference.md has the values of the constants in the code. */
class LimitsReferenceTest {
  private static final String HTTP = "io.counterfoil.http.";
  private static final String NAMES = "io.counterfoil.NameRules.";

  private static final Map<String, List<String>> CONSTANTS = new TreeMap<>(Map.ofEntries(
      Map.entry("name of a token", List.of(NAMES + "MAX_NAME")),
      Map.entry("owner", List.of(NAMES + "MAX_OWNER")),
      Map.entry("description", List.of(NAMES + "MAX_DESCRIPTION")),
      Map.entry("scopes of a token, joined by spaces", List.of(NAMES + "MAX_SCOPES_TEXT")),
      Map.entry(
          "allowed addresses of a token, joined by spaces", List.of(NAMES + "MAX_ADDRESSES_TEXT")),
      Map.entry("presented plaintext", List.of(HTTP + "AuthorizationHeader.MAX_TOKEN_LENGTH")),
      Map.entry("body of the management API", List.of(HTTP + "RequestBody.LIMIT")),
      Map.entry("tokens on one page of a list", List.of(HTTP + "PageQuery.MAX_LIMIT")),
      Map.entry("ids in one request", List.of(HTTP + "JsonMember.MAX_IDS")),
      Map.entry(
          "expired tokens that one request deletes",
          List.of(HTTP + "TokenBatches.MAX_DELETED", HTTP + "TokenBatches.MAX_DELETED_SINGLY")),
      Map.entry(
          "plaintexts without a token that a client address may ask about",
          List.of(HTTP + "IdentifyOperation.ALLOWED_MISSES", HTTP + "IdentifyOperation.WINDOW")),
      Map.entry(
          "report of secret scanning",
          List.of(
              HTTP + "ReportBodies.LIMIT",
              HTTP + "RequestBody.LIMIT",
              HTTP + "ReportBodies.MAX_LARGE",
              HTTP + "ReportBodies.MAX_TIME")),
      Map.entry(
          "addresses that throttle counts one by one",
          List.of(HTTP + "FailureThrottle.MAX_ADDRESSES")),
      Map.entry(
          "staleness bound of a cache", List.of("io.counterfoil.cache.CachedTokenStore.MAX_BOUND")),
      Map.entry(
          "lines of the audit log of one kind",
          List.of("io.counterfoil.AuditListener.LINES_PER_SECOND"))));

  @Test
  void every_limit_is_that_of_the_code() throws ReflectiveOperationException {
    Table limits = Page.of("docs/reference.md").table("Limits");
    Problems problems = new Problems();
    problems.compareNames(limits, CONSTANTS.keySet());
    for (Row row : limits.rows()) {
      for (String constant : CONSTANTS.getOrDefault(row.text(0), List.of())) {
        String value = words(constant);
        boolean isSaid = row.text(1).matches(".*\\b" + value + "\\b.*");
        problems.compare(row, isSaid ? value : row.text(1), value);
      }
    }
    problems.assertNone();
  }

  /** Returns the value of a constant, which is not public, as the reference writes it. */
  private static String words(String constant) throws ReflectiveOperationException {
    int dot = constant.lastIndexOf('.');
    Field field =
        Class.forName(constant.substring(0, dot)).getDeclaredField(constant.substring(dot + 1));
    field.setAccessible(true);
    Object value = field.get(null);
    if (value instanceof Duration time) {
      return time.equals(Duration.ofDays(1))
          ? "1 day"
          : time.equals(Duration.ofMinutes(1)) ? "minute" : time.toSeconds() + " seconds";
    }
    int number = (Integer) value;
    if (field.getName().equals("LIMIT")) {
      return number < 1024 * 1024 ? number / 1024 + " KiB" : number / (1024 * 1024) + " MiB";
    }
    return number < 10_000 ? String.valueOf(number) : String.format(Locale.ROOT, "%,d", number);
  }
}
