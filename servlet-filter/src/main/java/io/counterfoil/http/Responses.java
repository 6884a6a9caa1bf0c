package io.counterfoil.http;

import io.counterfoil.Token;
import java.util.List;
import java.util.Map;

/** The responses of the handlers, in the envelope. */
final class Responses {
  static final String RETRY_AFTER_SECONDS = "5";

  static final ApiResponse DONE =
      new ApiResponse(200, Map.of(), Json.object(json -> json.writeBooleanField("success", true)));
  static final ApiResponse CALLER_DENIED = failure(403, "you may not manage tokens");
  static final ApiResponse EXCEEDS_CALLER_RIGHTS = failure(403, Text.EXCEEDS_CALLER_RIGHTS);
  static final ApiResponse OUTLIVES_CALLER =
      failure(403, "you cannot create, enable or rotate a token that expires later than your own");
  static final ApiResponse UPDATE_OUTLIVES_CALLER = failure(
      403, "you cannot update a token so that it expires later than your own, or not at all");
  static final ApiResponse OTHER_OWNER =
      failure(403, "you may not list the tokens of another owner");
  static final ApiResponse REVOKED_MEANWHILE =
      failure(403, "the token of this request is not valid any more; nothing was changed");
  static final ApiResponse RIGHTS_LOST_MEANWHILE =
      failure(403, "the token of this request has lost rights meanwhile; nothing was changed");
  static final ApiResponse REPLACED_PLAINTEXT = failure(
      403,
      "this plaintext was replaced by a rotation and may only read; make changes with the new one");
  static final ApiResponse BASIC_DENIED =
      failure(403, "tokens are not managed with Basic credentials here, send a bearer token");
  static final ApiResponse INVALID_SIGNATURE =
      failure(403, "the request is not signed by anyone who is known here");
  static final ApiResponse NOT_FOUND = failure(404, "there is nothing here");
  static final ApiResponse NO_SUCH_TOKEN = failure(404, Text.NO_SUCH_TOKEN);
  static final ApiResponse BODY_TIMEOUT = failure(408, "the body did not arrive in time");
  static final ApiResponse NAME_TAKEN = failure(409, "a token with that name already exists");
  static final ApiResponse CONCURRENT_ROTATION =
      failure(409, "another rotation of the token came first");
  static final ApiResponse CONCURRENT_CHANGES =
      failure(409, "other changes of the token came first; nothing was changed, try again");
  static final ApiResponse NOT_JSON =
      failure(415, "the body must be sent as application/json in UTF-8, without content encoding");
  static final ApiResponse NOT_A_FORM = failure(
      415, "the body must be sent as application/x-www-form-urlencoded, without content encoding");
  static final ApiResponse UNAVAILABLE = failure(
      503, "tokens are not available now, try again", Map.of("Retry-After", RETRY_AFTER_SECONDS));

  static final ApiResponse TOO_MANY_LARGE_BODIES = failure(
      503,
      "too many large reports arrive at the same time, try again",
      Map.of("Retry-After", RETRY_AFTER_SECONDS));

  /** Messages of several responses. */
  private static final class Text {
    static final String EXCEEDS_CALLER_RIGHTS =
        "you cannot manage a token with a scope or an address that you do not have";
    static final String NO_SUCH_TOKEN = "there is no such token";
  }

  private Responses() {}

  /** Returns {@link #NO_SUCH_TOKEN} with the id that the request has named among others. */
  static ApiResponse noSuchToken(long id) {
    return failure(404, Text.NO_SUCH_TOKEN + ": " + id);
  }

  /** Returns {@link #EXCEEDS_CALLER_RIGHTS} with the id that the request has named among others. */
  static ApiResponse exceedsCallerRights(long id) {
    return failure(403, Text.EXCEEDS_CALLER_RIGHTS + ": " + id);
  }

  /** Returns a success response in which {@code obj} has this value. */
  static ApiResponse success(Json.Content obj) {
    return new ApiResponse(200, Map.of(), Json.object(json -> {
      json.writeBooleanField("success", true);
      json.writeFieldName("obj");
      obj.write(json);
    }));
  }

  /** Returns a success response with all these tokens. */
  static ApiResponse list(List<Token> tokens, TokenJson format) {
    return new ApiResponse(200, Map.of(), TokenListStream.bytes(tokens, format));
  }

  /** Returns a success response with one token. */
  static ApiResponse token(Token token, TokenJson format) {
    return success(json -> format.write(json, token));
  }

  /** Returns a success response without the envelope, for clients that expect another format. */
  static ApiResponse withoutEnvelope(Json.Content value) {
    return new ApiResponse(200, Map.of(), Json.bytes(value));
  }

  static ApiResponse tooLarge(int limit) {
    return failure(413, "the body is larger than " + limit + " bytes");
  }

  static ApiResponse wrongMethod(String allowed) {
    return failure(405, "the method must be one of: " + allowed, Map.of("Allow", allowed));
  }

  static ApiResponse failure(int status, String message) {
    return failure(status, message, Map.of());
  }

  static ApiResponse failure(int status, String message, Map<String, String> headers) {
    return failures(status, message, ApiResponse.single(headers));
  }

  /** Returns a failure with headers that may have several lines. */
  static ApiResponse failures(int status, String message, Map<String, List<String>> headers) {
    return new ApiResponse(status, headers, Json.object(json -> {
      json.writeBooleanField("success", false);
      json.writeStringField("msg", message);
    }));
  }
}
