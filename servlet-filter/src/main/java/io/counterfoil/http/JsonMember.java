package io.counterfoil.http;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.TreeSet;

/**
 * A member of a JSON object whose value is read next. A value of the wrong type is an error, and is never converted.
 *
 * @param name the name, one of the expected ones
 * @param json the parser, at the first token of the value
 */
record JsonMember(String name, JsonParser json) {
  /**
   * Enough for seconds beyond the year 9999. The limit stops clients that send numbers with a million digits, which are
   * slow to convert.
   */
  private static final int MAX_DIGITS = 12;

  /** The largest number with this many digits. */
  static final long MAX_NUMBER = 999_999_999_999L;

  static final String BOOLEAN_EXPECTED = "true or false";
  static final String STRING_EXPECTED = "a string";

  /** The maximum number of ids in one request. */
  static final int MAX_IDS = 500;

  static final String IDS_EXPECTED = "1 to " + MAX_IDS + " ids, each of them once";

  /** The digits of the largest id. */
  private static final int MAX_ID_DIGITS = String.valueOf(Long.MAX_VALUE).length();

  /** Reads a member. */
  @FunctionalInterface
  interface Reader {
    void read(JsonMember member) throws IOException, ApiException;
  }

  /** Reads and returns the value of a member. */
  @FunctionalInterface
  interface ValueReader<T> {
    T read(JsonMember member) throws IOException, ApiException;
  }

  String string() throws IOException, ApiException {
    if (json.currentToken() != JsonToken.VALUE_STRING) {
      throw expected(STRING_EXPECTED);
    }
    return json.getText();
  }

  /** Returns a string; the empty one for null. */
  String stringOrNull() throws IOException, ApiException {
    return isNull() ? "" : string();
  }

  boolean bool() throws ApiException {
    return switch (json.currentToken()) {
      case VALUE_TRUE -> true;
      case VALUE_FALSE -> false;
      default -> throw expected(BOOLEAN_EXPECTED);
    };
  }

  boolean isNull() {
    return json.currentToken() == JsonToken.VALUE_NULL;
  }

  /** Returns a number that is not negative and has at most 12 digits. */
  long wholeNumber(String expected) throws IOException, ApiException {
    boolean legal = json.currentToken() == JsonToken.VALUE_NUMBER_INT
        && json.getTextLength() <= MAX_DIGITS
        && !json.getText().startsWith("-");
    if (!legal) {
      throw expected(expected);
    }
    return Long.parseLong(json.getText());
  }

  Set<String> strings() throws IOException, ApiException {
    if (json.currentToken() != JsonToken.START_ARRAY) {
      throw expected("an array of strings");
    }
    Set<String> strings = new TreeSet<>();
    while (json.nextToken() != JsonToken.END_ARRAY) {
      if (json.currentToken() != JsonToken.VALUE_STRING) {
        throw expected("an array of strings");
      }
      strings.add(json.getText());
    }
    return strings;
  }

  /** Returns ids in the order of the request. */
  Set<Long> ids() throws IOException, ApiException {
    if (json.currentToken() != JsonToken.START_ARRAY) {
      throw expected(IDS_EXPECTED);
    }
    Set<Long> ids = new LinkedHashSet<>();
    while (json.nextToken() != JsonToken.END_ARRAY) {
      if (ids.size() == MAX_IDS || !ids.add(id())) {
        throw expected(IDS_EXPECTED);
      }
    }
    if (ids.isEmpty()) {
      throw expected(IDS_EXPECTED);
    }
    return ids;
  }

  private long id() throws IOException, ApiException {
    if (json.currentToken() == JsonToken.VALUE_NUMBER_INT
        && json.getTextLength() <= MAX_ID_DIGITS) {
      try {
        long id = Long.parseLong(json.getText());
        if (id > 0) {
          return id;
        }
      } catch (NumberFormatException e) {
        // greater than every long
      }
    }
    throw expected(IDS_EXPECTED);
  }

  ApiException expected(String expected) {
    return expected(name, expected);
  }

  static ApiException expected(String name, String expected) {
    return ApiException.badRequest(name + " (expected: " + expected + ')');
  }
}
