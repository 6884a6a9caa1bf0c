package io.counterfoil.http;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * An element of a scanner's report: a text that looks like a plaintext.
 *
 * @param text the text
 * @param type the scanner's name for this kind of plaintext
 * @param url the address at which it was found
 * @param source the kind of place at which it was found, such as {@code commit}
 */
record LeakedToken(String text, String type, String url, String source) {
  private static final Set<String> KNOWN = Set.of("token", "type", "url", "source");

  /** Parses a report. Unknown members are ignored, because the scanner may extend its format. */
  static List<LeakedToken> parseReport(String report) throws ApiException {
    try (JsonParser json = Json.externalParser(report)) {
      List<LeakedToken> all = new ArrayList<>();
      require(json.nextToken() == JsonToken.START_ARRAY);
      while (json.nextToken() != JsonToken.END_ARRAY) {
        all.add(read(json));
      }
      require(json.nextToken() == null);
      return all;
    } catch (IOException e) { // its message quotes the body
      throw invalidReport();
    }
  }

  private static LeakedToken read(JsonParser json) throws IOException, ApiException {
    require(json.currentToken() == JsonToken.START_OBJECT);
    Map<String, String> members = new HashMap<>();
    Set<String> seen = new HashSet<>();
    while (json.nextToken() == JsonToken.FIELD_NAME) {
      String name = json.currentName();
      json.nextToken();
      require(seen.add(name));
      if (KNOWN.contains(name) && json.currentToken() != JsonToken.VALUE_NULL) {
        require(json.currentToken() == JsonToken.VALUE_STRING);
        members.put(name, json.getText());
      } else {
        json.skipChildren();
      }
    }
    String text = members.get("token");
    if (text == null) {
      throw invalidReport();
    }
    return new LeakedToken(
        text,
        members.getOrDefault("type", ""),
        members.getOrDefault("url", ""),
        members.getOrDefault("source", ""));
  }

  private static void require(boolean condition) throws ApiException {
    if (!condition) {
      throw invalidReport();
    }
  }

  private static ApiException invalidReport() {
    return ApiException.badRequest(
        "the body must be a JSON array of objects, each with a token, a string");
  }

  /** Shows no values: the text may be a plaintext. */
  @Override
  public String toString() {
    return "LeakedToken";
  }
}
