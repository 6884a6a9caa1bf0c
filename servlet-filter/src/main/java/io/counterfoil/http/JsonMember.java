package io.counterfoil.http;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.Set;
import java.util.TreeSet;

/**
 * A member of a JSON object, its value about to be read. What has not the type that was asked for is refused, never
 * converted.
 *
 * @param name the name, which is one of ours
 * @param json the parser, which stands on the first token of the value
 */
record JsonMember(String name, JsonParser json) {
  /** None of ours is negative. Twelve digits of seconds reach beyond the year 9999; nobody can make us calculate with a million of them. */
  private static final int MAX_DIGITS = 12;

  /** The greatest number with so many digits. */
  static final long MAX_NUMBER = 999_999_999_999L;

  /** Takes one member as it comes by. */
  @FunctionalInterface
  interface Reader {
    void read(JsonMember member) throws IOException, ApiException;
  }

  String text() throws IOException, ApiException {
    if (json.currentToken() != JsonToken.VALUE_STRING) {
      throw expected("a string");
    }
    return json.getText();
  }

  boolean flag() throws ApiException {
    return switch (json.currentToken()) {
      case VALUE_TRUE -> true;
      case VALUE_FALSE -> false;
      default -> throw expected("true or false");
    };
  }

  long wholeNumber(String expected) throws IOException, ApiException {
    boolean legal = json.currentToken() == JsonToken.VALUE_NUMBER_INT
        && json.getTextLength() <= MAX_DIGITS
        && !json.getText().startsWith("-");
    if (!legal) {
      throw expected(expected);
    }
    return Long.parseLong(json.getText());
  }

  Set<String> texts() throws IOException, ApiException {
    if (json.currentToken() != JsonToken.START_ARRAY) {
      throw expected("an array of strings");
    }
    Set<String> texts = new TreeSet<>();
    while (json.nextToken() != JsonToken.END_ARRAY) {
      if (json.currentToken() != JsonToken.VALUE_STRING) {
        throw expected("an array of strings");
      }
      texts.add(json.getText());
    }
    return texts;
  }

  ApiException expected(String what) {
    return expected(name, what);
  }

  static ApiException expected(String name, String what) {
    return ApiException.badRequest(name + " (expected: " + what + ')');
  }
}
