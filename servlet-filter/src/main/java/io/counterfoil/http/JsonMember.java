package io.counterfoil.http;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
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
      throw expected("a string");
    }
    return json.getText();
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

  ApiException expected(String expected) {
    return expected(name, expected);
  }

  static ApiException expected(String name, String expected) {
    return ApiException.badRequest(name + " (expected: " + expected + ')');
  }
}
