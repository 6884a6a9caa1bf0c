package io.counterfoil.http;

import io.counterfoil.TokenManager;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * The management API: lists, creates, switches, rotates and deletes tokens over HTTP, for those whom a {@link
 * ManagementPolicy} lets.
 *
 * <p>Below the base path at which it is mounted:
 *
 * <ul>
 *   <li>{@code GET} the base itself lists the caller's tokens
 *   <li>{@code POST /create} with <code>{"name":"…"}</code>, and if wanted {@code "scopes":["…"]} and {@code "expiresAt":}
 *       seconds since 1970, creates one and shows its plaintext, this once
 *   <li>{@code POST /setEnabled/{id}} with <code>{"enabled":true}</code> or {@code false} switches one on or off
 *   <li>{@code POST /rotate/{id}} with <code>{"overlapSeconds":600}</code> gives one a new plaintext and shows it, this once;
 *       the one before is accepted for as long as that, or with {@code 0} no longer
 *   <li>{@code POST /delete/{id}} deletes one; without a content type if the request came with a token, else with {@code
 *       application/json}; a body is ignored
 * </ul>
 *
 * <p>Each can also be mounted alone. What {@link SelfService} names is there too where the host switches it on, and is an
 * unknown path where not.
 *
 * <p>Responses are JSON in the envelope: 403 whom the policy does not let, and who would manage a token with more rights than
 * their own; 404 what is not there or is another owner's; 405; 409 name taken, or another rotation came first; 413 body over
 * 16 KiB; 415 body not JSON; 408 body too slow; 400 other faults of the body, what the manager does not allow, and a rotation
 * of a token that has expired; 503 with {@code Retry-After} if the store or the policy fails. A refused request changes
 * nothing.
 *
 * <p>Nothing keeps callers from disabling or deleting the last token, or their own: a host keeps a way to create one that
 * does not go through this API. Immutable; safe for use by many threads.
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
   * Returns the API over the tokens of that manager, for those whom the policy lets.
   *
   * @param selfService what the bearer of any token may do with it, whether the policy lets him or not: nothing, unless it is
   *     named here
   */
  public static TokenApi of(
      TokenManager tokens, ManagementPolicy policy, SelfService... selfService) {
    return new TokenApi(tokens, policy, Set.copyOf(List.of(selfService)));
  }

  /** Responses all operations, by what follows the base path. */
  @Override
  public ApiResponse handle(ApiRequest request) {
    return all.handle(request);
  }

  /** Returns the handler that lists, to be mounted alone. */
  public ApiHandler list() {
    return guarded(Operations::list);
  }

  /** Returns the handler that creates, to be mounted alone. */
  public ApiHandler create() {
    return guarded(Operations::create);
  }

  /** Returns the handler that switches on and off, to be mounted alone, with {@code /{id}} following its mount. */
  public ApiHandler setEnabled() {
    return guarded(Operations::setEnabled);
  }

  /** Returns the handler that rotates, to be mounted alone, with {@code /{id}} following its mount. */
  public ApiHandler rotate() {
    return guarded(Operations::rotate);
  }

  /** Returns the handler that deletes, to be mounted alone, with {@code /{id}} following its mount. */
  public ApiHandler delete() {
    return guarded(Operations::delete);
  }

  /**
   * Returns the handler that describes all operations, and what of {@link SelfService} is switched on, as a document of
   * OpenAPI 3.1; to be mounted alone, such as at {@code /openapi.json} below the base path.
   *
   * <p>It answers {@code GET}, with the document alone, to those who may use any of what it describes: whom the policy lets,
   * and the bearer of any token where there is something for all of them. There is no secret in it: a host that wants all the
   * world to read it publishes the body of an answer.
   *
   * @param base the path at which clients reach the API, such as {@code /panel/api/tokens}, or its whole URL. It is not
   *     relative to the document and not taken from a request: clients put paths right behind it, so that a base of {@code "."}
   *     makes {@code //create} of {@code /create}, and what a request calls its host may be an attacker's
   * @throws IllegalArgumentException if it is neither, or ends with a slash, or has a query, a fragment or braces
   */
  public ApiHandler description(String base) {
    ApiResponse document = OpenApi.answer(base, selfService);
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

  /** A bearer needs nobody's leave for what all bearers may do. */
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
      case "", "/" -> Operations.list(tokens, path, request); // the whole path: "//" is none
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
      case READ -> Operations.self(request);
      case ROTATE -> Operations.rotateSelf(tokens, request);
      case DELETE -> Operations.deleteSelf(tokens, request);
    };
  }
}
