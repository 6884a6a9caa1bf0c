package io.counterfoil.http;

import io.counterfoil.CreatedToken;
import io.counterfoil.Token;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * The operations of the management API. Each checks path, method, content type and body in this order before it acts.
 */
final class Operations {
  private static final String READ_METHODS = "GET, HEAD";
  private static final String POST = "POST";
  private static final String OVERLAP_EXPECTED =
      "whole seconds, 0 or more, at most " + JsonMember.MAX_NUMBER;

  private Operations() {}

  static ApiResponse list(CallerTokens tokens, String path, ApiRequest request)
      throws ApiException {
    requireMount(path);
    requireRead(request);
    Optional<PageQuery> query = PageQuery.parse(request.query());
    return query.isPresent() ? page(tokens, query.get()) : completeList(tokens);
  }

  /** Reads one token more than it returns, to find out whether there is a next page. */
  private static ApiResponse page(CallerTokens tokens, PageQuery query) {
    List<Token> found = tokens.list(query.after(), query.limit() + 1);
    if (found.size() <= query.limit()) {
      return Responses.list(found);
    }
    List<Token> page = found.subList(0, query.limit());
    long last = page.get(page.size() - 1).id();
    return Responses.list(page).header("Link", query.next(last));
  }

  /** Reads the first page before the status is sent, so that a failing store is answered 503. */
  private static ApiResponse completeList(CallerTokens tokens) {
    List<Token> first = tokens.list(0, TokenListStream.PAGE_SIZE);
    return first.size() < TokenListStream.PAGE_SIZE
        ? Responses.list(first)
        : ApiResponse.streamed(
            () -> new TokenListStream(first, id -> tokens.listMore(id, TokenListStream.PAGE_SIZE)));
  }

  static ApiResponse create(CallerTokens tokens, String path, ApiRequest request)
      throws ApiException {
    requireEmpty(path);
    requirePost(request);
    RequestBody.requireJson(request);
    CreatedToken created = tokens.create(CreateRequestParser.parse(RequestBody.text(request)));
    return Responses.success(json -> TokenJson.write(json, created));
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

  static ApiResponse delete(CallerTokens tokens, String path, ApiRequest request)
      throws ApiException {
    return delete(tokens, PathId.of(path), request);
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

  static ApiResponse readSelf(ApiRequest request) throws ApiException {
    Token token = ownToken(request);
    requireRead(request);
    return Responses.success(json -> TokenJson.write(json, token));
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

  private static void requireEmpty(String path) throws ApiException {
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
