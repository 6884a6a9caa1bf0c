package io.counterfoil.http;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.core.util.JsonRecyclerPools;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;

/** Writes and parses JSON. Keeps no buffer and no text after the call. */
final class Json {
  /** The nesting depth of our own requests: an object that contains arrays. */
  private static final int NESTING = 2;

  /** The nesting depth of formats that others define and may extend. */
  private static final int EXTERNAL_NESTING = 16;

  private static final JsonFactory FACTORY = JsonFactory.builder()
      // Recycled buffers would keep plaintexts in memory, in ThreadLocals of the host's threads.
      .recyclerPool(JsonRecyclerPools.nonRecyclingPool())
      // Member names come from clients: they must not be interned or kept in a shared table.
      .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
      .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
      .streamReadConstraints(
          StreamReadConstraints.builder().maxNestingDepth(NESTING).build())
      .enable(JsonWriteFeature.COMBINE_UNICODE_SURROGATES_IN_UTF8)
      .build();

  private static final JsonFactory EXTERNAL = FACTORY
      .rebuild()
      .streamReadConstraints(
          StreamReadConstraints.builder().maxNestingDepth(EXTERNAL_NESTING).build())
      .build();

  /** Escapes everything that could end a log line, move the cursor or reverse the text around it (CWE-117). */
  private static final JsonFactory ASCII =
      FACTORY.rebuild().enable(JsonWriteFeature.ESCAPE_NON_ASCII).build();

  private Json() {}

  /** Writes a value, or the members of an object. */
  @FunctionalInterface
  interface Content {
    void write(JsonGenerator json) throws IOException;
  }

  /** Returns the bytes of an object with these members. */
  static byte[] object(Content members) {
    return bytes(json -> {
      json.writeStartObject();
      members.write(json);
      json.writeEndObject();
    });
  }

  /** Returns the bytes of a value. */
  static byte[] bytes(Content value) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (JsonGenerator json = FACTORY.createGenerator(bytes)) {
      value.write(json);
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot write JSON to memory", e);
    }
    return bytes.toByteArray();
  }

  /** Returns a generator that writes to this stream. It need not be closed, but it must be flushed. */
  static JsonGenerator generator(ByteArrayOutputStream target) {
    try {
      return FACTORY.createGenerator(target);
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot write JSON to memory", e);
    }
  }

  /** Returns a text from a request in quotation marks and escaped, for a log line. */
  static String escaped(String text) {
    StringWriter line = new StringWriter();
    try (JsonGenerator json = ASCII.createGenerator(line)) {
      json.writeString(text);
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot write JSON to memory", e);
    }
    return line.toString().replace("\u007f", "\\u007F"); // Jackson writes DEL as it is
  }

  /** Parses text, not bytes: in bytes, the parser would also accept UTF-16 and a byte order mark. */
  static JsonParser parser(String text) throws IOException {
    return FACTORY.createParser(text);
  }

  /** Parses like {@link #parser}, but allows deeper nesting. */
  static JsonParser externalParser(String text) throws IOException {
    return EXTERNAL.createParser(text);
  }
}
