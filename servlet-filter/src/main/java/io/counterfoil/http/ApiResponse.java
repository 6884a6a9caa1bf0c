package io.counterfoil.http;

import io.counterfoil.CheckReturnValue;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/**
 * A response: a status, headers and a body, which a host sends unchanged.
 *
 * <p>In the responses of this library, the body is JSON in the envelope {@code {"success":…}}, unless the handler
 * documents another format. Its errors always have the envelope, and contain no part of the request. In response to
 * {@code HEAD}, a host sends the same headers as to {@code GET}, and no body. With 204 and 304, it sends neither a body nor
 * {@code Content-Length}. A long list is created page by page while the host reads the body. Immutable. {@code
 * toString} shows only the status, because the body may contain a plaintext.
 *
 * <p>A host can create responses too, for an {@link ApiHandler} of its own:
 *
 * {@snippet file="io/counterfoil/servlet/HostHandlerTest.java" region="handler"}
 */
@CheckReturnValue
public final class ApiResponse {
  /** A message framed by the host must not be framed a second time by a handler (RFC 9112 section 6.3). */
  private static final Set<String> OF_THE_HOST = Set.of("content-length", "transfer-encoding");

  private static final Pattern HEADER_VALUE = Pattern.compile("[!-~]([ -~]*[!-~])?");

  /** In the order of our responses. */
  private static final Map<String, List<String>> COMMON = headers(
      single(Map.of("Cache-Control", "no-store")),
      single(Map.of("X-Content-Type-Options", "nosniff")));

  private static final Map<String, List<String>> JSON =
      single(Map.of("Content-Type", "application/json"));

  private final int status;
  private final Map<String, List<String>> headers;
  private final OptionalLong contentLength;
  private final Supplier<InputStream> body;

  /** @param more headers that are added to the common ones or replace them */
  ApiResponse(int status, Map<String, List<String>> more, byte[] body) {
    this(
        status,
        headers(JSON, COMMON, more),
        OptionalLong.of(body.length),
        () -> new ByteArrayInputStream(body));
  }

  private ApiResponse(
      int status,
      Map<String, List<String>> headers,
      OptionalLong contentLength,
      Supplier<InputStream> body) {
    this.status = status;
    this.headers = headers;
    this.contentLength = contentLength;
    this.body = body;
  }

  /** Returns a response whose body is created while it is read. */
  static ApiResponse streamed(Supplier<InputStream> body) {
    return new ApiResponse(200, headers(JSON, COMMON), OptionalLong.empty(), body);
  }

  @SafeVarargs
  private static Map<String, List<String>> headers(Map<String, List<String>>... parts) {
    Map<String, List<String>> all = new LinkedHashMap<>();
    for (Map<String, List<String>> part : parts) {
      all.putAll(part);
    }
    return Collections.unmodifiableMap(all);
  }

  /** Returns headers of which each has one line. */
  static Map<String, List<String>> single(Map<String, String> headers) {
    Map<String, List<String>> all = new LinkedHashMap<>();
    headers.forEach((name, value) -> all.put(name, List.of(value)));
    return all;
  }

  /**
   * Returns a response without a body and without {@code Content-Type}, for example for 204 or a redirect.
   *
   * @param status 200 to 599
   * @throws IllegalArgumentException if the status is out of range
   */
  public static ApiResponse of(int status) {
    return new ApiResponse(
        checkedStatus(status, 200),
        headers(COMMON),
        OptionalLong.of(0),
        InputStream::nullInputStream);
  }

  /**
   * Returns a response with a body of the host. It has the headers {@code Cache-Control: no-store} and {@code
   * X-Content-Type-Options: nosniff}, which {@link #header} can replace.
   *
   * @param status 200 to 599, but not 204 or 304, which have no body
   * @param contentType the media type, for example {@code text/plain;charset=utf-8}
   * @param body the bytes, which are copied
   * @throws IllegalArgumentException if the status is out of range, or the media type is not a valid header value
   */
  public static ApiResponse of(int status, String contentType, byte[] body) {
    if (status == 204 || status == 304) {
      throw invalid("status", String.valueOf(status), "one with a body");
    }
    Map<String, List<String>> type = single(Map.of("Content-Type", checkedValue(contentType)));
    return new ApiResponse(checkedStatus(status, 200), type, body.clone());
  }

  /**
   * Returns an error in the envelope, like those of this library: {@code {"success":false,"msg":"…"}}.
   *
   * @param status 400 to 599
   * @param message a sentence for the client. It should not quote the request
   * @throws IllegalArgumentException if the status is out of range
   */
  public static ApiResponse failure(int status, String message) {
    return Responses.failure(checkedStatus(status, 400), message);
  }

  /**
   * Returns a copy of this response with this header, which replaces all lines of a header of the same name in upper or lower
   * case.
   *
   * @throws IllegalArgumentException if the name is not a token of RFC 9110 section 5.6.2, if it is {@code
   *     Content-Length} or {@code Transfer-Encoding}, which the host sets, or if the value has a character that is not
   *     printable ASCII, or a space at an end
   */
  public ApiResponse header(String name, String value) {
    if (!AuthorizationHeader.isToken(name)) {
      throw invalid("header", Json.escaped(name), "a token of RFC 9110 section 5.6.2");
    }
    if (OF_THE_HOST.contains(name.toLowerCase(Locale.ROOT))) {
      throw invalid("header", name, "one that the host does not set");
    }
    Map<String, List<String>> others = new LinkedHashMap<>(headers);
    others.keySet().removeIf(name::equalsIgnoreCase);
    Map<String, List<String>> all = headers(others, single(Map.of(name, checkedValue(value))));
    return new ApiResponse(status, all, contentLength, body);
  }

  /** Returns the status code. */
  public int status() {
    return status;
  }

  /**
   * Returns the values of each header. The host sends each value as a header line of its own, and adds {@code Content-Length}
   * if {@link #contentLength} is known. Only {@code WWW-Authenticate} can have several values, if a {@link
   * BearerAuthenticator} accepts several schemes: many clients read only the first challenge of a line.
   */
  public Map<String, List<String>> headers() {
    return headers;
  }

  /** Returns the length of the body in bytes; empty if the body is created while it is read. */
  public OptionalLong contentLength() {
    return contentLength;
  }

  /**
   * Opens the body, from its beginning. It is in UTF-8 unless a host has created it in another encoding. It need not be
   * closed.
   *
   * <p>If the store fails while the body is created, reading it throws an {@link java.io.IOException}, and the failure is
   * already logged. The host must then break the connection. If it ended the response normally, the client would take
   * the incomplete list for a complete one.
   */
  public InputStream body() {
    return body.get();
  }

  private static int checkedStatus(int status, int lowest) {
    if (status < lowest || status > 599) {
      throw invalid("status", String.valueOf(status), lowest + " to 599");
    }
    return status;
  }

  /** A line break in a value would let a client inject headers (CWE-113). */
  private static String checkedValue(String value) {
    if (!HEADER_VALUE.matcher(value).matches()) {
      throw invalid(
          "header value", Json.escaped(value), "printable ASCII, and no space at either end");
    }
    return value;
  }

  private static IllegalArgumentException invalid(String what, String value, String expected) {
    return new IllegalArgumentException(what + ": " + value + " (expected: " + expected + ')');
  }

  @Override
  public String toString() {
    return "ApiResponse[" + status + ']';
  }
}
