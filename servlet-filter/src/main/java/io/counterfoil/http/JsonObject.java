package io.counterfoil.http;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** A JSON object with known members only, each at most once, and nothing after it. */
final class JsonObject {
  private JsonObject() {}

  /** Gives each member to the reader of its name. Stops at the first thing that is wrong: nothing unknown is kept. */
  static void read(String text, Map<String, JsonMember.Reader> known) throws ApiException {
    try (JsonParser json = Json.parser(text)) {
      if (json.nextToken() != JsonToken.START_OBJECT) {
        throw ApiException.badRequest("the body must be a JSON object");
      }
      Set<String> seen = new HashSet<>();
      while (json.nextToken() == JsonToken.FIELD_NAME) {
        readMember(json, known, seen);
      }
      if (json.nextToken() != null) {
        throw ApiException.badRequest("there must be nothing after the JSON object");
      }
    } catch (IOException e) { // the parser's words quote the body
      throw ApiException.badRequest("the body is not the JSON that is expected");
    }
  }

  private static void readMember(
      JsonParser json, Map<String, JsonMember.Reader> known, Set<String> seen)
      throws IOException, ApiException {
    String name = json.currentName();
    JsonMember.Reader reader = known.get(name);
    if (reader == null) {
      throw ApiException.badRequest("the body has an unknown member (expected: "
          + String.join(", ", new TreeSet<>(known.keySet())) + ')');
    }
    if (!seen.add(name)) { // parsers differ in which of the two counts, and attackers know it
      throw JsonMember.expected(name, "once");
    }
    json.nextToken();
    reader.read(new JsonMember(name, json));
  }
}
