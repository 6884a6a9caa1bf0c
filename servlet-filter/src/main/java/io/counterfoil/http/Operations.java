package io.counterfoil.http;

import io.counterfoil.CreatedToken;
import io.counterfoil.Token;
import io.counterfoil.TokenUpdate;
import java.time.Duration;

/**
 * The operations of the management API on one token. Like all operations, each checks path, method, content type and body in
 * this order before it acts.
 */
final class Operations {
  private static final String READ_METHODS = "GET, HEAD";
  private static final String POST = "POST";
  private static final String OVERLAP_EXPECTED =
      "whole seconds, 0 or more, at most " + JsonMember.MAX_NUMBER;

  private Operations() {}

  static ApiResponse create(CallerTokens tokens, String path, ApiRequest request)
      throws ApiException {
    requireEmpty(path);
    requirePost(request);
    RequestBody.requireJson(request);
    CreatedToken created = tokens.create(CreateRequestParser.parse(RequestBody.text(request)));
    return Responses.success(json -> TokenJson.write(json, created));
  }

  static ApiResponse find(CallerTokens tokens, String path, ApiRequest request)
      throws ApiException {
    long id = PathId.of(path);
    requireRead(request);
    return Responses.token(tokens.find(id), tokens.json());
  }

  static ApiResponse update(CallerTokens tokens, String path, ApiRequest request)
      throws ApiException {
    long id = PathId.of(path);
    requirePost(request);
    RequestBody.requireJson(request);
    TokenUpdate update = UpdateRequestParser.parse(RequestBody.text(request));
    return Responses.token(tokens.update(id, update), tokens.json());
  }

  static ApiResponse setEnabled(CallerTokens tokens, String path, ApiRequest request)
      throws ApiException {
    long id = PathId.of(path);
    requirePost(request);
    RequestBody.requireJson(request);
    boolean enabled = JsonObject.readSingle(
        RequestBody.text(request), "enabled", JsonMember.BOOLEAN_EXPECTED, JsonMember::bool);
    if (enabled) {
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

  static ApiResponse rotateSelf(CallerTokens tokens, ApiRequest request) throws ApiException {
    return rotate(tokens, ownToken(request).id(), request);
  }

  private static ApiResponse rotate(CallerTokens tokens, long id, ApiRequest request)
      throws ApiException {
    requirePost(request);
    RequestBody.requireJson(request);
    long overlap = JsonObject.readSingle(
        RequestBody.text(request),
        "overlapSeconds",
        OVERLAP_EXPECTED,
        member -> member.wholeNumber(OVERLAP_EXPECTED));
    CreatedToken rotated = tokens.rotate(id, Duration.ofSeconds(overlap));
    return Responses.success(json -> TokenJson.write(json, rotated));
  }

  /** Without an id in the path, the body names the tokens. */
  static ApiResponse delete(CallerTokens tokens, String path, ApiRequest request)
      throws ApiException {
    return path.isEmpty()
        ? BatchOperations.delete(tokens, request)
        : delete(tokens, PathId.of(path), request);
  }

  static ApiResponse deleteSelf(CallerTokens tokens, ApiRequest request) throws ApiException {
    return delete(tokens, ownToken(request).id(), request);
  }

  private static ApiResponse delete(CallerTokens tokens, long id, ApiRequest request)
      throws ApiException {
    requirePost(request);
    RequestBody.requireNoMembers(request);
    tokens.delete(id);
    return Responses.DONE;
  }

  static ApiResponse readSelf(CallerTokens tokens, ApiRequest request) throws ApiException {
    Token token = ownToken(request);
    requireRead(request);
    return Responses.token(token, tokens.json());
  }

  static ApiResponse describe(ApiResponse document, String path, ApiRequest request)
      throws ApiException {
    requireEmpty(path);
    requireRead(request);
    return document;
  }

  private static Token ownToken(ApiRequest request) throws ApiException {
    return request
        .accepted()
        .orElseThrow(() -> new ApiException(Responses.CALLER_DENIED))
        .token();
  }

  static void requireEmpty(String path) throws ApiException {
    if (!path.isEmpty()) {
      throw new ApiException(Responses.NOT_FOUND);
    }
  }

  /** Requires exactly the path at which the handler is mounted, with or without a slash at its end. */
  static void requireMount(String path) throws ApiException {
    if (!path.isEmpty() && !path.equals("/")) {
      throw new ApiException(Responses.NOT_FOUND);
    }
  }

  /** Returns whether the request has a method that changes nothing. Only {@code POST} may change something. */
  static boolean isRead(ApiRequest request) {
    return request.method().equals("GET") || request.method().equals("HEAD");
  }

  static void requireRead(ApiRequest request) throws ApiException {
    if (!isRead(request)) {
      throw new ApiException(Responses.wrongMethod(READ_METHODS));
    }
  }

  static void requirePost(ApiRequest request) throws ApiException {
    if (!request.method().equals(POST)) {
      throw new ApiException(Responses.wrongMethod(POST));
    }
  }
}
