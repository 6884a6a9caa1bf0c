package io.counterfoil.examples.panel;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.ByteArrayOutputStream;
import java.io.IOException;

/** The panel's own answers, in the envelope that the token API uses too. */
final class Answers {
  private static final JsonFactory JSON = new JsonFactory();

  private Answers() {}

  /** Writes the members of an object. */
  interface Members {
    void writeTo(JsonGenerator json) throws IOException;
  }

  static byte[] success(Members members) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (JsonGenerator json = JSON.createGenerator(bytes)) {
      json.writeStartObject();
      json.writeBooleanField("success", true);
      json.writeObjectFieldStart("obj");
      members.writeTo(json);
      json.writeEndObject();
      json.writeEndObject();
    }
    return bytes.toByteArray();
  }

  /** The message is one of ours: nothing in it needs an escape. */
  static byte[] failure(String message) {
    return ("{\"success\":false,\"msg\":\"" + message + "\"}").getBytes(UTF_8);
  }
}
