package io.counterfoil.examples.panel;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.ByteArrayOutputStream;
import java.io.IOException;

/** The JSON bodies of the panel's own responses, in the same format as those of the token API. */
final class JsonResponses {
  private static final JsonFactory JSON = new JsonFactory();

  private JsonResponses() {}

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

  /** Returns an error response. The message is a constant of the panel, so nothing in it needs escaping. */
  static byte[] failure(String message) {
    return ("{\"success\":false,\"msg\":\"" + message + "\"}").getBytes(UTF_8);
  }
}
