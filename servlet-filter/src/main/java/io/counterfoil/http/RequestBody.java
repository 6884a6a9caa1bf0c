package io.counterfoil.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.List;
import java.util.concurrent.TimeoutException;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The body of a request: declared as JSON in UTF-8, of limited length, and really UTF-8. */
final class RequestBody {
  static final int LIMIT = 16 * 1024;

  private static final Pattern JSON = Pattern.compile(
      "application/json(?:[ \t]*+;[ \t]*+charset=(?:utf-8|\"utf-8\"))?[ \t]*+",
      Pattern.CASE_INSENSITIVE);

  private RequestBody() {}

  /**
   * Refuses all that is not plainly declared as JSON. No form and no other page's script can send this content type without
   * the browser asking first (CWE-352); and what is compressed may be of any length.
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

  /** Returns the text of a body that {@link #requireJson} has let pass. */
  static String text(ApiRequest request) throws ApiException {
    return text(bytes(request, LIMIT));
  }

  /** Returns the text of these bytes, which must be UTF-8 to the letter. */
  static String text(byte[] bytes) throws ApiException {
    try {
      return UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException e) {
      throw ApiException.badRequest("the body is not UTF-8");
    }
  }

  /** Returns the bytes of a body that {@link #requireJson} has let pass. */
  static byte[] bytes(ApiRequest request, int limit) throws ApiException {
    if (request.headers("Content-Length").stream().anyMatch(length -> isMore(length, limit))) {
      throw new ApiException(Responses.tooLarge(limit));
    }
    byte[] bytes;
    try {
      bytes = request.body().readNBytes(limit + 1);
    } catch (IOException | RuntimeException e) {
      // The latter from Undertow, when it has closed the connection meanwhile.
      throw isTimeout(e)
          ? new ApiException(Responses.BODY_TIMEOUT)
          : ApiException.badRequest("the body could not be read");
    }
    if (bytes.length > limit) {
      throw new ApiException(Responses.tooLarge(limit));
    }
    return bytes;
  }

  /** What the header says is a hint that saves reading; what counts is what arrives. */
  private static boolean isMore(String contentLength, int limit) {
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
