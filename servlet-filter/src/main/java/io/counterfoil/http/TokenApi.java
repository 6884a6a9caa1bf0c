package io.counterfoil.http;

import io.counterfoil.TokenManager;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * The management API: lists, creates, enables, disables, rotates and deletes tokens over HTTP, for callers that a
 * {@link ManagementPolicy} allows.
 *
 * <p>Below the base path at which it is mounted:
 *
 * <ul>
 *   <li>{@code GET} of the base path lists the caller's tokens. {@code "leaked":true} marks a token whose plaintext has
 *       leaked and is rejected until the token is rotated. {@code ?limit=} (1 to 500) and {@code ?after=} (an id) select
 *       one page: at most {@code limit} tokens, 100 by default, whose ids are greater than {@code after}. If more tokens
 *       follow, the header {@code Link} has the relative URL of the next page (RFC 8288). Other parameters are ignored
 *   <li>{@code POST /create} with <code>{"name":"…"}</code> creates a token and returns its plaintext, which is shown
 *       only once. Optional members are {@code "scopes":["…"]}, {@code "allowedAddresses":["…"]} and {@code
 *       "expiresAt":} seconds since 1970, or instead {@code "expiresIn":} seconds from now. Without scopes, the token has no right that needs a scope. Without expiry, it
 *       expires with the caller, if the caller expires
 *   <li>{@code POST /setEnabled/{id}} with <code>{"enabled":true}</code> or {@code false} enables or disables a token
 *   <li>{@code POST /rotate/{id}} with <code>{"overlapSeconds":600}</code> gives a token a new plaintext and returns
 *       it; it is shown only once. The old plaintext is still accepted for this number of seconds; with {@code 0} it is
 *       rejected at once
 *   <li>{@code POST /delete/{id}} deletes a token. The body must be empty or <code>{}</code>. A request that came with
 *       a token needs no content type, and with an empty body may have any; any other request needs {@code
 *       application/json}
 * </ul>
 *
 * <p>Each operation can also be mounted alone. The operations of {@link SelfService} are available if the host enables
 * them; otherwise their paths get 404.
 *
 * <p>Responses are JSON in the envelope. A refused request changes nothing. Errors:
 *
 * <ul>
 *   <li>400 if the body or a parameter is invalid, exceeds a limit of the manager, or asks to rotate an expired token, or
 *       if a parameter is repeated
 *   <li>403 if the policy denies the caller, if the token has more rights than the caller or expires later, or if the
 *       request would change something with a plaintext that a rotation has replaced
 *   <li>404 if the path or the token does not exist, or if the token belongs to another owner
 *   <li>405 if the method is wrong
 *   <li>408 if the body does not arrive in time
 *   <li>409 if the name is taken, or if another rotation came first
 *   <li>413 if the body is larger than 16 KiB
 *   <li>415 if the body is not declared as JSON, or is compressed
 *   <li>503 with {@code Retry-After} if the store or the policy fails
 * </ul>
 *
 * <p>The complete list needs the memory of one page of 500 tokens. If the store fails after the status was sent, the host
 * breaks the connection; see {@link ApiResponse#body}.
 *
 * <p>Callers can disable or delete the last token, and their own. A host therefore needs another way to create a token,
 * without this API. Immutable; safe for use by many threads.
 */
public final class TokenApi implements ApiHandler {
  private final TokenManager tokens;
  private final ManagementPolicy policy;
  private final Set<SelfService> selfService;
  private final ApiHandler all;

  private TokenApi(TokenManager tokens, ManagementPolicy policy, Set<SelfService> selfService) {
    this.tokens = Objects.requireNonNull(tokens, "tokens");
    this.policy = Objects.requireNonNull(policy, "policy");
    this.selfService = selfService;
    this.all = new GuardedHandler(tokens, this::caller, this::route);
  }

  /**
   * Returns the API for the tokens of this manager, for callers that the policy allows.
   *
   * @param selfService the operations that every token may perform on itself, even if the policy denies the caller;
   *     none by default
   */
  public static TokenApi of(
      TokenManager tokens, ManagementPolicy policy, SelfService... selfService) {
    return new TokenApi(tokens, policy, Set.copyOf(List.of(selfService)));
  }

  /** Handles all operations. The rest of the path after the base path selects one. */
  @Override
  public ApiResponse handle(ApiRequest request) {
    return all.handle(request);
  }

  /** Returns the handler that lists tokens, to be mounted alone. */
  public ApiHandler list() {
    return guarded(Operations::list);
  }

  /** Returns the handler that creates a token, to be mounted alone. */
  public ApiHandler create() {
    return guarded(Operations::create);
  }

  /**
   * Returns the handler that enables and disables a token, to be mounted alone. Requests add {@code /{id}} to its path.
   */
  public ApiHandler setEnabled() {
    return guarded(Operations::setEnabled);
  }

  /** Returns the handler that rotates a token, to be mounted alone. Requests add {@code /{id}} to its path. */
  public ApiHandler rotate() {
    return guarded(Operations::rotate);
  }

  /** Returns the handler that deletes a token, to be mounted alone. Requests add {@code /{id}} to its path. */
  public ApiHandler delete() {
    return guarded(Operations::delete);
  }

  /**
   * Returns the handler for an OpenAPI 3.1 document of all operations, including those of {@link SelfService} that are
   * enabled. It is to be mounted alone, for example at {@code /openapi.json} below the base path.
   *
   * <p>It answers {@code GET} with the document, without the envelope. It serves callers that the policy allows. If any
   * operation of {@link SelfService} is enabled, it also serves every token. The document contains no secret, so a host
   * can publish the body of a response.
   *
   * @param base the path at which clients reach the API, such as {@code /panel/api/tokens}, or its URL. It is not
   *     relative to the document, because clients append paths to it: a base of {@code "."} would turn {@code /create}
   *     into {@code //create}. It is not taken from the request, because an attacker can choose the host name in a
   *     request
   * @throws IllegalArgumentException if it is neither a path nor a URL, or ends with a slash, or has a query, a
   *     fragment or braces
   */
  public ApiHandler description(String base) {
    ApiResponse document = OpenApi.response(base, selfService);
    return new GuardedHandler(
        tokens, this::reader, (own, path, request) -> Operations.describe(document, path, request));
  }

  private Optional<Caller> reader(ApiRequest request) {
    Optional<Caller> bearer =
        selfService.isEmpty() ? Optional.empty() : request.accepted().map(Caller::token);
    return bearer.isPresent() ? bearer : policy.caller(request);
  }

  private ApiHandler guarded(Operation operation) {
    return new GuardedHandler(tokens, policy, operation);
  }

  /** Self-service does not ask the policy: every token may use the enabled operations. */
  private Optional<Caller> caller(ApiRequest request) {
    return !selfService.isEmpty() && selfService(request.path()).isPresent()
        ? request.accepted().map(Caller::token)
        : policy.caller(request);
  }

  private Optional<SelfService> selfService(String path) {
    return selfService.stream().filter(service -> service.path.equals(path)).findFirst();
  }

  private ApiResponse route(CallerTokens tokens, String path, ApiRequest request)
      throws ApiException {
    int second = path.indexOf('/', 1);
    String first = second < 0 ? path : path.substring(0, second);
    String rest = path.substring(first.length());
    return switch (first) {
      case "", "/" -> Operations.list(tokens, path, request); // the whole path, to reject "//"
      case "/create" -> Operations.create(tokens, rest, request);
      case "/setEnabled" -> Operations.setEnabled(tokens, rest, request);
      case "/rotate" -> Operations.rotate(tokens, rest, request);
      case "/delete" -> Operations.delete(tokens, rest, request);
      case "/self" -> self(tokens, path, request);
      default -> throw new ApiException(Responses.NOT_FOUND);
    };
  }

  private ApiResponse self(CallerTokens tokens, String path, ApiRequest request)
      throws ApiException {
    return switch (selfService(path).orElseThrow(() -> new ApiException(Responses.NOT_FOUND))) {
      case READ -> Operations.readSelf(request);
      case ROTATE -> Operations.rotateSelf(tokens, request);
      case DELETE -> Operations.deleteSelf(tokens, request);
    };
  }
}
