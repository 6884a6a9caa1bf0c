package io.counterfoil.http;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Reads a JSON object that has only known members, each at most once, and nothing after it. */
final class JsonObject {
  private JsonObject() {}

  /** Passes each member to the reader for its name. Stops at the first error. */
  static void read(String text, Map<String, JsonMember.Reader> readers) throws ApiException {
    try (JsonParser json = Json.parser(text)) {
      if (json.nextToken() != JsonToken.START_OBJECT) {
        throw ApiException.badRequest("the body must be a JSON object");
      }
      Set<String> seen = new HashSet<>();
      while (json.nextToken() == JsonToken.FIELD_NAME) {
        readMember(json, readers, seen);
      }
      if (json.nextToken() != null) {
        throw ApiException.badRequest("there must be nothing after the JSON object");
      }
    } catch (IOException e) { // its message quotes the body
      throw ApiException.badRequest("the body is not the JSON that is expected");
    }
  }

  /** Reads an object whose only member is required. */
  static <T> T readSingle(
      String text, String name, String expected, JsonMember.ValueReader<T> reader)
      throws ApiException {
    List<T> value = new ArrayList<>(1);
    read(text, Map.of(name, member -> value.add(reader.read(member))));
    if (value.isEmpty()) { // never replaced by a default
      throw JsonMember.expected(name, expected);
    }
    return value.get(0);
  }

  private static void readMember(
      JsonParser json, Map<String, JsonMember.Reader> readers, Set<String> seen)
      throws IOException, ApiException {
    String name = json.currentName();
    JsonMember.Reader reader = readers.get(name);
    if (reader == null) {
      throw ApiException.badRequest("the body has an unknown member (expected: "
          + (readers.isEmpty() ? "none" : String.join(", ", new TreeSet<>(readers.keySet())))
          + ')');
    }
    if (!seen.add(name)) { // parsers differ in which duplicate they use, and attackers exploit this
      throw JsonMember.expected(name, "once");
    }
    json.nextToken();
    reader.read(new JsonMember(name, json));
  }
}
