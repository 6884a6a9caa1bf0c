package io.counterfoil.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeoutException;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** Reads the body of a request. Its length is limited, and it must be valid UTF-8 and, unless it is empty, of the declared type. */
final class RequestBody {
  static final int LIMIT = 16 * 1024;

  private RequestBody() {}

  /**
   * Requires a body that is declared as JSON and not compressed. A form or script of another site cannot send this
   * content type without a CORS preflight (CWE-352). A compressed body could expand to any length.
   */
  static void requireJson(ApiRequest request) throws ApiException {
    if (!isDeclared(request, Utf8MediaType::isJson)) {
      throw new ApiException(Responses.NOT_JSON);
    }
  }

  /**
   * Requires a body that is declared as a form and not compressed. A page of another site can send one with cookies, so the
   * caller must have a token.
   */
  static void requireForm(ApiRequest request) throws ApiException {
    if (!isDeclared(request, Utf8MediaType::isForm)) {
      throw new ApiException(Responses.NOT_A_FORM);
    }
  }

  private static boolean isDeclared(ApiRequest request, Predicate<String> type) {
    List<String> types = request.headers("Content-Type");
    return types.size() == 1
        && type.test(types.get(0))
        && request.headers("Content-Encoding").stream().allMatch("identity"::equalsIgnoreCase);
  }

  /**
   * Requires an empty body or an object without members. A member could be a condition, such as an expected version, and
   * must not be ignored.
   *
   * <p>A page of another site can make a browser send an empty form with cookies, but not with a token (CWE-352). So a
   * request without a token must declare the body as JSON, even an empty one. A request with a token need not: many
   * clients declare every body as a form. The exception is a token in Basic credentials, which a browser sends like a cookie.
   */
  static void requireNoMembers(ApiRequest request) throws ApiException {
    boolean cannotBeForged = request.accepted().isPresent() && !BasicPassword.isIn(request);
    if (!cannotBeForged) {
      requireJson(request);
    }
    byte[] body = bytes(request, LIMIT);
    // If a filter of the host has read a form, only its length shows that it is not empty.
    if (body.length == 0 && request.headers("Content-Length").stream().allMatch("0"::equals)) {
      return;
    }
    if (!request.headers("Content-Type").isEmpty()) {
      requireJson(request);
    }
    JsonObject.read(text(body), Map.of());
  }

  /** Returns the text of a body whose type was checked. */
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

  private static byte[] bytes(ApiRequest request, int limit) throws ApiException {
    return bytes(request, limit, body -> body.readNBytes(limit + 1));
  }

  /** Reads a body. */
  @FunctionalInterface
  interface Reader {
    byte[] read(InputStream body) throws IOException, ApiException;
  }

  /**
   * Returns the bytes of a body, whatever its content type.
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
