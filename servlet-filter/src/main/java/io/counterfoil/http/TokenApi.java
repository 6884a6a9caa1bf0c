package io.counterfoil.http;

import io.counterfoil.TokenManager;
import io.counterfoil.TokenQuery;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongSupplier;

/**
 * The management API: lists, finds, creates, updates, enables, disables, rotates and deletes tokens over HTTP, for callers that
 * a {@link ManagementPolicy} allows.
 *
 * <p>Below the base path at which it is mounted:
 *
 * <ul>
 *   <li>{@code GET} of the base path lists the caller's tokens, in ascending order of id. {@code "leaked":true} marks a token
 *       whose plaintext has leaked and is rejected until the token is rotated, {@code "idle":true} one that is rejected
 *       because it was {@linkplain TokenManager.Builder#maxIdle unused for too long}. {@code ?limit=} (1 to 500) and {@code
 *       ?after=} (an id) select one page: at most {@code limit} tokens, 100 by default, whose ids are greater than {@code
 *       after}. If more tokens follow, the header {@code Link} has the relative URL of the next page (RFC 8288). These
 *       parameters select tokens, page by page, too; an empty value selects all, and other parameters are ignored:
 *       <ul>
 *         <li>{@code search}: a part of the name, as in {@link TokenQuery#nameContains}
 *         <li>{@code enabled} and {@code expired}: {@code true} or {@code false}
 *         <li>{@code expiringWithin}: tokens that have not expired yet, but will within this number of seconds
 *         <li>{@code unusedSince}: tokens that are known to be unused since this number of seconds since 1970
 *         <li>{@code scope}: tokens with exactly this scope
 *         <li>{@code owner}: the owner, for {@linkplain Caller#ofAllOwners callers of all owners}. Other callers may name
 *             only their own
 *       </ul>
 *   <li>{@code GET /{id}} returns one token
 *   <li>{@code GET /scopes} lists the {@linkplain TokenManager.Builder#knownScopes known scopes} with their descriptions and
 *       the scopes that they imply. It is empty if every scope is allowed
 *   <li>{@code POST /create} with <code>{"name":"…"}</code> creates a token and returns its plaintext, which is shown
 *       only once. Optional members are {@code "description":"…"}, {@code "scopes":["…"]}, {@code "allowedAddresses":["…"]}
 *       and {@code "expiresAt":} seconds since 1970, or instead {@code "expiresIn":} seconds from now. Without scopes, the
 *       token has no right that needs a scope. Without expiry, it expires with the caller, if the caller expires
 *   <li>{@code POST /update/{id}} changes the members that the body has, and returns the token: {@code "name"}, {@code
 *       "description"} (empty or {@code null} for none), {@code "scopes"} (an empty array for none), {@code
 *       "allowedAddresses"} ({@code null} for all), {@code "expiresAt"} ({@code null} for no expiry) or {@code "expiresIn"}
 *   <li>{@code POST /identify} with <code>{"token":"…"}</code> returns the token that has this plaintext or had it before its
 *       last rotation. The plaintext is neither logged nor sent back. After 20 plaintexts in a minute that no token of the
 *       caller has, further ones from the same client address get 429
 *   <li>{@code POST /setEnabled/{id}} with <code>{"enabled":true}</code> or {@code false} enables or disables a token
 *   <li>{@code POST /rotate/{id}} with <code>{"overlapSeconds":600}</code> gives a token a new plaintext and returns
 *       it; it is shown only once. The old plaintext is still accepted for this number of seconds; with {@code 0} it is
 *       rejected at once
 *   <li>{@code POST /delete/{id}} deletes a token. The body must be empty or <code>{}</code>. A request that came with
 *       a token needs no content type, and an empty body may have any. A request without a token, or with one in Basic
 *       credentials, needs {@code application/json}
 *   <li>{@code POST /disable} and {@code POST /delete} with <code>{"ids":[1,2]}</code> disable or delete 1 to 500 tokens, and
 *       return their number. If one of them does not exist, or exceeds the rights of the caller, nothing is changed, and the
 *       message names its id. If the store fails, some may be changed
 *   <li>{@code POST /deleteExpired} with <code>{}</code> deletes expired tokens within the rights of the caller, at most 1000.
 *       It returns their number, and {@code "more":true} if there are more. With <code>{"dryRun":true}</code> it only counts
 *       them
 * </ul>
 *
 * <p>Each operation can also be mounted alone. The operations of {@link SelfService} are available if the host enables
 * them; otherwise their paths get 404.
 *
 * <p>Responses are JSON in the envelope. A refused request changes nothing. Errors:
 *
 * <ul>
 *   <li>400 if the body or a parameter is invalid, if a parameter is repeated, if an update changes nothing, if a scope is not
 *       known, or if the request exceeds a limit of the manager or asks to rotate an expired token
 *   <li>403 if the token came in Basic credentials, if the policy denies the caller, if the token has more rights than the caller or expires later, before or after an
 *       update, or if the request would change something with a plaintext that a rotation has replaced
 *   <li>404 if the path or the token does not exist, or if the token belongs to another owner
 *   <li>405 if the method is wrong
 *   <li>408 if the body does not arrive in time
 *   <li>409 if the name is taken, if the owner has {@linkplain TokenManager.Builder#maxTokensPerOwner as many tokens as
 *       allowed}, or if other changes of the token came first
 *   <li>413 if the body is larger than 16 KiB
 *   <li>415 if the body is not declared as JSON, or is compressed
 *   <li>429 with {@code Retry-After} if too many plaintexts were not identified
 *   <li>503 with {@code Retry-After} if the store or the policy fails
 * </ul>
 *
 * <p>The complete list needs the memory of one page of 500 tokens. If the store fails after the status was sent, the host
 * breaks the connection; see {@link ApiResponse#body}.
 *
 * <p>Callers can disable or delete the last token, and their own. A host therefore needs another way to create a token,
 * without this API. Safe for use by many threads.
 */
public final class TokenApi implements ApiHandler {
  private final TokenManager tokens;
  private final ManagementPolicy policy;
  private final Set<SelfService> selfService;
  private final boolean acceptsBasic;
  private final IdentifyOperation identify;
  private final ApiHandler all;

  private TokenApi(
      TokenManager tokens,
      ManagementPolicy policy,
      Set<SelfService> selfService,
      boolean acceptsBasic,
      LongSupplier nanos) {
    this.tokens = Objects.requireNonNull(tokens, "tokens");
    this.policy = Objects.requireNonNull(policy, "policy");
    this.selfService = selfService;
    this.acceptsBasic = acceptsBasic;
    this.identify = new IdentifyOperation(nanos);
    this.all = new GuardedHandler(tokens, this::caller, acceptsBasic, this::route);
  }

  /**
   * Returns the API for the tokens of this manager, for callers that the policy allows.
   *
   * @param selfService the operations that every token may perform on itself, even if the policy denies the caller;
   *     none by default
   */
  public static TokenApi of(
      TokenManager tokens, ManagementPolicy policy, SelfService... selfService) {
    return new TokenApi(tokens, policy, Set.copyOf(List.of(selfService)), false, System::nanoTime);
  }

  /**
   * Returns an API like this one that also serves tokens in Basic credentials. They are refused by default, because a browser sends
   * them like a cookie; see {@link BearerAuthenticator.Builder#basicPassword()}. Every change then needs {@code application/json},
   * even a deletion with an empty body, so a page of another site cannot make one.
   */
  public TokenApi acceptBasic() {
    return new TokenApi(tokens, policy, selfService, true, System::nanoTime);
  }

  /** For tests that control the time of the throttle. */
  static TokenApi timed(TokenManager tokens, ManagementPolicy policy, LongSupplier nanos) {
    return new TokenApi(tokens, policy, Set.of(), false, nanos);
  }

  /** Handles all operations. The rest of the path after the base path selects one. */
  @Override
  public ApiResponse handle(ApiRequest request) {
    return all.handle(request);
  }

  /** Returns the handler that lists tokens, to be mounted alone. */
  public ApiHandler list() {
    return guarded(ListOperations::list);
  }

  /** Returns the handler that returns a token, to be mounted alone. Requests add {@code /{id}} to its path. */
  public ApiHandler find() {
    return guarded(Operations::find);
  }

  /** Returns the handler that lists the {@linkplain TokenManager#knownScopes known scopes}, to be mounted alone. */
  public ApiHandler scopes() {
    return guarded(ListOperations::scopes);
  }

  /** Returns the handler that creates a token, to be mounted alone. */
  public ApiHandler create() {
    return guarded(Operations::create);
  }

  /** Returns the handler that updates a token, to be mounted alone. Requests add {@code /{id}} to its path. */
  public ApiHandler update() {
    return guarded(Operations::update);
  }

  /** Returns the handler that finds the token of a plaintext, to be mounted alone. */
  public ApiHandler identify() {
    return guarded(identify::run);
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

  /** Returns the handler that disables several tokens, to be mounted alone. */
  public ApiHandler disable() {
    return guarded(BatchOperations::disable);
  }

  /**
   * Returns the handler that deletes tokens, to be mounted alone. Requests add {@code /{id}} to its path, or name several
   * tokens in their bodies.
   */
  public ApiHandler delete() {
    return guarded(Operations::delete);
  }

  /** Returns the handler that deletes expired tokens, to be mounted alone. */
  public ApiHandler deleteExpired() {
    return guarded(BatchOperations::deleteExpired);
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
    ApiResponse document = OpenApi.response(base, selfService, tokens.knownScopes(), acceptsBasic);
    return new GuardedHandler(
        tokens,
        this::reader,
        acceptsBasic,
        (own, path, request) -> Operations.describe(document, path, request));
  }

  private Optional<Caller> reader(ApiRequest request) {
    Optional<Caller> bearer =
        selfService.isEmpty() ? Optional.empty() : request.accepted().map(Caller::token);
    return bearer.isPresent() ? bearer : policy.caller(request);
  }

  private ApiHandler guarded(Operation operation) {
    return new GuardedHandler(tokens, policy, acceptsBasic, operation);
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
      case "", "/" -> ListOperations.list(tokens, path, request); // the whole path, to reject "//"
      case "/scopes" -> ListOperations.scopes(tokens, rest, request);
      case "/create" -> Operations.create(tokens, rest, request);
      case "/update" -> Operations.update(tokens, rest, request);
      case "/identify" -> identify.run(tokens, rest, request);
      case "/setEnabled" -> Operations.setEnabled(tokens, rest, request);
      case "/rotate" -> Operations.rotate(tokens, rest, request);
      case "/disable" -> BatchOperations.disable(tokens, rest, request);
      case "/delete" -> Operations.delete(tokens, rest, request);
      case "/deleteExpired" -> BatchOperations.deleteExpired(tokens, rest, request);
      case "/self" -> self(tokens, path, request);
      default -> find(tokens, path, request);
    };
  }

  /** A path that is not an id names no operation. */
  private static ApiResponse find(CallerTokens tokens, String path, ApiRequest request)
      throws ApiException {
    if (!PathId.matches(path)) {
      throw new ApiException(Responses.NOT_FOUND);
    }
    return Operations.find(tokens, path, request);
  }

  private ApiResponse self(CallerTokens tokens, String path, ApiRequest request)
      throws ApiException {
    return switch (selfService(path).orElseThrow(() -> new ApiException(Responses.NOT_FOUND))) {
      case READ -> Operations.readSelf(tokens, request);
      case ROTATE -> Operations.rotateSelf(tokens, request);
      case DELETE -> Operations.deleteSelf(tokens, request);
    };
  }
}
