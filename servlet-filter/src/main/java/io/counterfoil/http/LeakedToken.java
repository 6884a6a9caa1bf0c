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
 * One text of a report that a scanner took for a plaintext.
 *
 * @param text what it found
 * @param type what it calls such plaintexts
 * @param url where it was
 * @param source in what it was
 */
record LeakedToken(String text, String type, String url, String source) {
  private static final Set<String> KNOWN = Set.of("token", "type", "url", "source");

  /** Reads a report. Members that we do not know are passed over: it is the scanner's format, and may grow. */
  static List<LeakedToken> readAll(String report) throws ApiException {
    try (JsonParser json = Json.foreignParser(report)) {
      List<LeakedToken> all = new ArrayList<>();
      require(json.nextToken() == JsonToken.START_ARRAY);
      while (json.nextToken() != JsonToken.END_ARRAY) {
        all.add(read(json));
      }
      require(json.nextToken() == null);
      return all;
    } catch (IOException e) { // the parser's words quote the body
      throw notAReport();
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
      throw notAReport();
    }
    return new LeakedToken(
        text,
        members.getOrDefault("type", ""),
        members.getOrDefault("url", ""),
        members.getOrDefault("source", ""));
  }

  private static void require(boolean condition) throws ApiException {
    if (!condition) {
      throw notAReport();
    }
  }

  private static ApiException notAReport() {
    return ApiException.badRequest(
        "the body must be a JSON array of objects, each with a token, a string");
  }

  /** Shows nothing: the text may be a plaintext. */
  @Override
  public String toString() {
    return "LeakedToken";
  }
}
