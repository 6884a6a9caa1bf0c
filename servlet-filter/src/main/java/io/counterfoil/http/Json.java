package io.counterfoil.http;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.core.util.JsonRecyclerPools;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;

/** JSON, written and read with nothing that outlives the call. */
final class Json {
  /** What a request may hold at most: an object with one array in it. Its length is limited before it comes here. */
  private static final int NESTING = 2;

  private static final int FOREIGN_NESTING = 16;

  private static final JsonFactory FACTORY = JsonFactory.builder()
      // A recycled buffer would keep plaintexts, and tie the threads of the host to this library.
      .recyclerPool(JsonRecyclerPools.nonRecyclingPool())
      // Member names come from outside: none of them is to be interned, or kept in a shared table.
      .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
      .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
      .streamReadConstraints(
          StreamReadConstraints.builder().maxNestingDepth(NESTING).build())
      .enable(JsonWriteFeature.COMBINE_UNICODE_SURROGATES_IN_UTF8)
      .build();

  /** For what others have laid down, and may deepen. */
  private static final JsonFactory FOREIGN = FACTORY
      .rebuild()
      .streamReadConstraints(
          StreamReadConstraints.builder().maxNestingDepth(FOREIGN_NESTING).build())
      .build();

  private Json() {}

  /** A part of an answer that writes itself. */
  @FunctionalInterface
  interface Content {
    void writeTo(JsonGenerator json) throws IOException;
  }

  /** Returns the bytes of an object with these members. */
  static byte[] object(Content members) {
    return bytes(json -> {
      json.writeStartObject();
      members.writeTo(json);
      json.writeEndObject();
    });
  }

  /** Returns the bytes of a value that writes itself. */
  static byte[] bytes(Content value) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (JsonGenerator json = FACTORY.createGenerator(bytes)) {
      value.writeTo(json);
    } catch (IOException e) {
      throw new UncheckedIOException("Memory can be written", e);
    }
    return bytes.toByteArray();
  }

  /** Parses characters, not bytes: given bytes, the parser would take UTF-16 and a byte order mark too. */
  static JsonParser parser(String text) throws IOException {
    return FACTORY.createParser(text);
  }

  /** Parses like {@link #parser}, but deeper than any of our own requests. */
  static JsonParser foreignParser(String text) throws IOException {
    return FOREIGN.createParser(text);
  }
}
