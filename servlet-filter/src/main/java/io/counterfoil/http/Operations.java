package io.counterfoil.http;

import io.counterfoil.CreatedToken;
import io.counterfoil.Token;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;

/** The operations. Each looks at path, method, content type and body in this order, and only then acts. */
final class Operations {
  private static final String READING = "GET, HEAD";
  private static final String WRITING = "POST";
  private static final String OVERLAP = "overlapSeconds";
  private static final String EXPECTED_OVERLAP =
      "whole seconds, 0 or more, at most " + JsonMember.MAX_NUMBER;

  private Operations() {}

  static ApiResponse list(CallerTokens tokens, String path, ApiRequest request)
      throws ApiException {
    requireMount(path);
    requireReading(request);
    return Responses.success(json -> {
      json.writeStartArray();
      for (Iterator<Token> all = tokens.list().iterator(); all.hasNext(); ) {
        TokenJson.write(json, all.next());
      }
      json.writeEndArray();
    });
  }

  static ApiResponse create(CallerTokens tokens, String path, ApiRequest request)
      throws ApiException {
    if (!path.isEmpty()) {
      throw new ApiException(Responses.NOT_FOUND);
    }
    requirePost(request);
    RequestBody.requireJson(request);
    CreatedToken created = tokens.create(CreateRequestParser.read(RequestBody.text(request)));
    return Responses.success(json -> TokenJson.write(json, created));
  }

  static ApiResponse setEnabled(CallerTokens tokens, String path, ApiRequest request)
      throws ApiException {
    long id = PathId.of(path);
    requirePost(request);
    RequestBody.requireJson(request);
    if (wantsEnabled(RequestBody.text(request))) {
      tokens.enable(id);
    } else {
      tokens.disable(id);
    }
    return Responses.DONE;
  }

  static ApiResponse rotate(CallerTokens tokens, String path, ApiRequest request)
      throws ApiException {
    return rotate(tokens, PathId.of(path), request);
  }

  private static ApiResponse rotate(CallerTokens tokens, long id, ApiRequest request)
      throws ApiException {
    requirePost(request);
    if (request
        .accepted()
        .filter(own -> own.token().id() == id && own.byPrevious())
        .isPresent()) {
      throw new ApiException(Responses.CONCURRENT_ROTATION); // what was to end soon would live on
    }
    RequestBody.requireJson(request);
    CreatedToken rotated = tokens.rotate(id, wantedOverlap(RequestBody.text(request)));
    return Responses.success(json -> TokenJson.write(json, rotated));
  }

  /** Has no body; one that is sent is not looked at. */
  static ApiResponse delete(CallerTokens tokens, String path, ApiRequest request)
      throws ApiException {
    return delete(tokens, PathId.of(path), request);
  }

  private static ApiResponse delete(CallerTokens tokens, long id, ApiRequest request)
      throws ApiException {
    requirePost(request);
    // A page of another site can have a browser post nothing, cookies included, but no token.
    boolean harmless =
        request.accepted().isPresent() && request.headers("Content-Type").isEmpty();
    if (!harmless) {
      RequestBody.requireJson(request);
    }
    tokens.delete(id);
    return Responses.DONE;
  }

  static ApiResponse self(ApiRequest request) throws ApiException {
    Token token = bearer(request);
    requireReading(request);
    return Responses.success(json -> TokenJson.write(json, token));
  }

  static ApiResponse rotateSelf(CallerTokens tokens, ApiRequest request) throws ApiException {
    return rotate(tokens, bearer(request).id(), request);
  }

  static ApiResponse deleteSelf(CallerTokens tokens, ApiRequest request) throws ApiException {
    return delete(tokens, bearer(request).id(), request);
  }

  static ApiResponse describe(ApiResponse document, String path, ApiRequest request)
      throws ApiException {
    if (!path.isEmpty()) {
      throw new ApiException(Responses.NOT_FOUND);
    }
    requireReading(request);
    return document;
  }

  private static Token bearer(ApiRequest request) throws ApiException {
    return request
        .accepted()
        .orElseThrow(() -> new ApiException(Responses.CALLER_DENIED))
        .token();
  }

  /** Refuses what lies below the place at which a handler is mounted. */
  static void requireMount(String path) throws ApiException {
    if (!path.isEmpty() && !path.equals("/")) {
      throw new ApiException(Responses.NOT_FOUND);
    }
  }

  static void requireReading(ApiRequest request) throws ApiException {
    if (!request.method().equals("GET") && !request.method().equals("HEAD")) {
      throw new ApiException(Responses.wrongMethod(READING));
    }
  }

  static void requirePost(ApiRequest request) throws ApiException {
    if (!request.method().equals(WRITING)) {
      throw new ApiException(Responses.wrongMethod(WRITING));
    }
  }

  private static boolean wantsEnabled(String json) throws ApiException {
    List<Boolean> wanted = new ArrayList<>(1);
    JsonObject.read(json, Map.of("enabled", member -> wanted.add(member.flag())));
    if (wanted.isEmpty()) { // never taken for false
      throw JsonMember.expected("enabled", "true or false");
    }
    return wanted.get(0);
  }

  private static Duration wantedOverlap(String json) throws ApiException {
    List<Duration> wanted = new ArrayList<>(1);
    JsonObject.read(
        json,
        Map.of(
            OVERLAP,
            member -> wanted.add(Duration.ofSeconds(member.wholeNumber(EXPECTED_OVERLAP)))));
    if (wanted.isEmpty()) { // nobody's old plaintext is cut off, or lives on, unasked
      throw JsonMember.expected(OVERLAP, EXPECTED_OVERLAP);
    }
    return wanted.get(0);
  }
}
