package io.counterfoil.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.counterfoil.TokenQuery;
import java.net.URLEncoder;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** The parameters of a list that select tokens. An empty value selects all of them, as if the parameter were absent. */
final class TokenFilter {
  static final String SEARCH = "search";
  static final String ENABLED = "enabled";
  static final String EXPIRING_WITHIN = "expiringWithin";
  static final String EXPIRED = "expired";
  static final String UNUSED_SINCE = "unusedSince";
  static final String SCOPE = "scope";
  static final String OWNER = "owner";

  private static final String EXPECTED_SEARCH = "1 to 64 code points, without U+0000";
  private static final String EXPECTED_SCOPE =
      "printable ASCII without blank, quotation mark and backslash";
  private static final String EXPECTED_OWNER = "a text without U+0000";

  private final Map<String, String> values;

  private TokenFilter(Map<String, String> values) {
    this.values = values;
  }

  /** @param parameters all parameters of the request, decoded */
  static TokenFilter of(Map<String, String> parameters) {
    Map<String, String> values = new LinkedHashMap<>(parameters);
    values.values().removeIf(String::isEmpty);
    return new TokenFilter(values);
  }

  Optional<String> owner() {
    return value(OWNER);
  }

  private Optional<String> value(String name) {
    return Optional.ofNullable(values.get(name));
  }

  private Optional<Boolean> flag(String name) throws ApiException {
    Optional<String> text = value(name);
    if (text.isPresent() && !text.get().equals("true") && !text.get().equals("false")) {
      throw QueryParameters.expected(name, JsonMember.BOOLEAN_EXPECTED);
    }
    return text.map(Boolean::valueOf);
  }

  /** Adds one condition to a query. */
  private interface Condition {
    TokenQuery add(TokenQuery query, String text) throws ApiException;
  }

  /** Returns the query for all conditions. */
  TokenQuery query(Instant now) throws ApiException {
    TokenQuery query = TokenQuery.all();
    query = with(query, OWNER, EXPECTED_OWNER, TokenQuery::owner);
    query = with(query, SEARCH, EXPECTED_SEARCH, TokenQuery::nameContains);
    query = with(query, SCOPE, EXPECTED_SCOPE, TokenQuery::scope);
    OptionalLong unusedSince = number(UNUSED_SINCE, TokenMembers.LAST_EXPIRY);
    if (unusedSince.isPresent()) {
      query = query.unusedSince(Instant.ofEpochSecond(unusedSince.getAsLong()));
    }
    OptionalLong within = number(EXPIRING_WITHIN, TokenMembers.LONGEST_LIFETIME);
    if (within.isPresent()) {
      query = query.expiresAfter(now).expiresBy(now.plusSeconds(within.getAsLong()));
    }
    Optional<Boolean> enabled = flag(ENABLED);
    query = enabled.isPresent() ? query.enabled(enabled.get()) : query;
    Optional<Boolean> expired = flag(EXPIRED);
    if (expired.isEmpty()) {
      return query;
    }
    return expired.get() ? query.expiresBy(now) : query.notExpiredAt(now);
  }

  private OptionalLong number(String name, long most) throws ApiException {
    Optional<String> text = value(name);
    return text.isPresent()
        ? OptionalLong.of(QueryParameters.number(name, text.get(), 0, most))
        : OptionalLong.empty();
  }

  private TokenQuery with(TokenQuery query, String name, String expected, Condition condition)
      throws ApiException {
    Optional<String> text = value(name);
    try {
      return text.isPresent() ? condition.add(query, text.get()) : query;
    } catch (IllegalArgumentException e) { // its message may quote the value
      throw QueryParameters.expected(name, expected);
    }
  }

  /** Returns the parameters for the URL of the next page. They consist of unreserved characters, {@code &=%*} and {@code +}. */
  String parameters() {
    StringBuilder text = new StringBuilder();
    values.forEach((name, value) ->
        text.append('&').append(name).append('=').append(URLEncoder.encode(value, UTF_8)));
    return text.toString();
  }
}
