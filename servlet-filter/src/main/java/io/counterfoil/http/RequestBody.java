package io.counterfoil.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.List;
import java.util.concurrent.TimeoutException;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Reads the body of a request. It must be declared as JSON in UTF-8, have a limited length, and be valid UTF-8. */
final class RequestBody {
  static final int LIMIT = 16 * 1024;

  private static final Pattern JSON = Pattern.compile(
      "application/json(?:[ \t]*+;[ \t]*+charset=(?:utf-8|\"utf-8\"))?[ \t]*+",
      Pattern.CASE_INSENSITIVE);

  private RequestBody() {}

  /**
   * Requires a body that is declared as JSON and not compressed. A form or script of another site cannot send this
   * content type without a CORS preflight (CWE-352). A compressed body could expand to any length.
   */
  static void requireJson(ApiRequest request) throws ApiException {
    List<String> types = request.headers("Content-Type");
    boolean json = types.size() == 1 && JSON.matcher(types.get(0)).matches();
    boolean plain =
        request.headers("Content-Encoding").stream().allMatch("identity"::equalsIgnoreCase);
    if (!json || !plain) {
      throw new ApiException(Responses.NOT_JSON);
    }
  }

  /** Returns the text of a body that {@link #requireJson} has checked. */
  static String text(ApiRequest request) throws ApiException {
    return text(bytes(request, LIMIT));
  }

  /** Decodes bytes, which must be valid UTF-8. */
  static String text(byte[] bytes) throws ApiException {
    try {
      return UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException e) {
      throw ApiException.badRequest("the body is not UTF-8");
    }
  }

  /** Returns the bytes of a body that {@link #requireJson} has checked. */
  static byte[] bytes(ApiRequest request, int limit) throws ApiException {
    return bytes(request, limit, body -> body.readNBytes(limit + 1));
  }

  /** Reads a body. */
  @FunctionalInterface
  interface Reader {
    byte[] read(InputStream body) throws IOException, ApiException;
  }

  /**
   * Returns the bytes of a body that {@link #requireJson} has checked.
   *
   * @param reader reads at most one byte more than the limit
   */
  static byte[] bytes(ApiRequest request, int limit, Reader reader) throws ApiException {
    if (request.headers("Content-Length").stream().anyMatch(length -> exceeds(length, limit))) {
      throw new ApiException(Responses.tooLarge(limit));
    }
    byte[] bytes;
    try {
      bytes = reader.read(request.body());
    } catch (IOException | RuntimeException e) {
      // Undertow throws a RuntimeException if it has closed the connection meanwhile.
      throw isTimeout(e)
          ? new ApiException(Responses.BODY_TIMEOUT)
          : ApiException.badRequest("the body could not be read");
    }
    if (bytes.length > limit) {
      throw new ApiException(Responses.tooLarge(limit));
    }
    return bytes;
  }

  /**
   * The check of the header only avoids reading a body that is too large. The limit is enforced on the bytes that
   * arrive.
   */
  private static boolean exceeds(String contentLength, int limit) {
    try {
      return Long.parseLong(contentLength) > limit;
    } catch (NumberFormatException e) {
      return false;
    }
  }

  private static boolean isTimeout(Exception failure) {
    return Stream.<Throwable>iterate(failure, e -> e != null, Throwable::getCause)
        .limit(10)
        .anyMatch(e -> e instanceof SocketTimeoutException || e instanceof TimeoutException);
  }
}
