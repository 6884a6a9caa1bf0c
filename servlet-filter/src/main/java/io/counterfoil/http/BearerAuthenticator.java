package io.counterfoil.http;

import io.counterfoil.TokenManager;
import io.counterfoil.Verdict;
import java.util.List;
import java.util.Objects;

/**
 * Decides by the {@code Authorization} field of a request whether it comes in (RFC 6750 section 2.1, RFC 9110 section 11).
 *
 * <p>The scheme is compared without regard to case; then come one or more blanks, no tabs, then exactly one b64token. A
 * request with no {@code Authorization} field or another scheme is answered 401 without an error code; a token that is
 * malformed, unknown, disabled or expired 401 {@code invalid_token}, always the same bytes; a repeated field 400; a missing
 * scope 403; a failing store 503 with {@code Retry-After}: such a request is never let in, and never called invalid. No
 * answer holds anything of the request.
 *
 * <p>The store is asked once, and not at all about what has not the shape of a token. Immutable; safe for use by many
 * threads.
 */
public final class BearerAuthenticator {
  private final TokenManager tokens;
  private final String scope;
  private final BearerRefusals refusals;
  private final Outcome withoutBearer;

  private BearerAuthenticator(Builder builder) {
    tokens = builder.tokens;
    scope = builder.scope;
    refusals = builder.concealed
        ? BearerRefusals.concealed(builder.realm, scope)
        : BearerRefusals.open(builder.realm, scope);
    withoutBearer = builder.passWithoutBearer ? new Passed() : refusals.missing;
  }

  /** What becomes of a request. */
  public sealed interface Outcome {}

  /**
   * The request came with a valid token: it is let in.
   *
   * @param accepted the proof
   */
  public record Granted(Verdict.Accepted accepted) implements Outcome {}

  /** The request came without a bearer token, and goes on to the host's own check. It has proved nothing. */
  public record Passed() implements Outcome {}

  /**
   * The request is not let in.
   *
   * @param answer what to answer instead
   */
  public record Refused(ApiResponse answer) implements Outcome {}

  /** Returns a builder of a check against the tokens of that manager. */
  public static Builder builder(TokenManager tokens) {
    return new Builder(tokens);
  }

  /**
   * Judges a request by the values of all its {@code Authorization} field lines, as they were received.
   *
   * <p>Never throws, whatever the values are and whatever the store does.
   */
  public Outcome check(List<String> authorizationFields) {
    if (authorizationFields.size() > 1) {
      return refusals.repeated; // one may have been put in by an attacker, and nobody knows which
    }
    if (authorizationFields.isEmpty() || !AuthorizationField.isBearer(authorizationFields.get(0))) {
      return withoutBearer;
    }
    return judge(AuthorizationField.plaintext(authorizationFields.get(0)));
  }

  /** What is no b64token comes here as the empty text: rejected without the store, and heard of by listeners. */
  private Outcome judge(String plaintext) {
    try {
      return tokens.authenticate(plaintext) instanceof Verdict.Accepted accepted
          ? granted(accepted)
          : refusals.invalid;
    } catch (Throwable failure) {
      // An Error too: whatever a store throws, nobody is let in by it.
      Failures.log(failure);
      return refusals.unavailable;
    }
  }

  private Outcome granted(Verdict.Accepted accepted) {
    boolean permitted = scope.isEmpty() || accepted.token().permits(scope);
    return permitted ? new Granted(accepted) : refusals.scopeMissing;
  }

  /** Says how a check is to work, before there is one. For use by one thread. */
  public static final class Builder {
    private final TokenManager tokens;
    private String realm = "api";
    private String scope = "";
    private boolean passWithoutBearer;
    private boolean concealed;

    private Builder(TokenManager tokens) {
      this.tokens = Objects.requireNonNull(tokens, "tokens");
    }

    /**
     * Chooses the realm that challenges name; {@code api} by default.
     *
     * @throws IllegalArgumentException if it is empty or holds anything but printable ASCII without quotation mark and
     *     backslash
     */
    public Builder realm(String newRealm) {
      realm = quotable("realm", newRealm, ' ');
      return this;
    }

    /**
     * Demands a scope; none is demanded by default. A token without scopes is unrestricted and meets any demand.
     *
     * @throws IllegalArgumentException if it is not a scope-token of RFC 6749 section 3.3
     */
    public Builder scope(String newScope) {
      scope = quotable("scope", newScope, '!');
      return this;
    }

    /**
     * Passes a request without a bearer token on, for the host's own login to check. One with a bearer token that is not
     * valid is still refused.
     */
    public Builder passWithoutBearer() {
      passWithoutBearer = true;
      return this;
    }

    /**
     * Answers strangers 404 without a challenge, instead of 400 and 401: that there is something to be had with a token is
     * not told, except by a 503 while the store fails. This departs from RFC 9110 section 15.5.2.
     */
    public Builder concealed() {
      concealed = true;
      return this;
    }

    /** Builds the check. */
    public BearerAuthenticator build() {
      return new BearerAuthenticator(this);
    }

    /** What needs no escape between quotation marks; a line break here would let a setting forge headers (CWE-113). */
    private static String quotable(String setting, String text, char lowest) {
      boolean legal = !text.isEmpty()
          && text.chars().allMatch(c -> c >= lowest && c < 0x7f && c != '"' && c != '\\');
      if (!legal) {
        throw new IllegalArgumentException(setting + " (expected: printable ASCII without "
            + (lowest == ' ' ? "" : "blank, ") + "quotation mark and backslash)");
      }
      return text;
    }
  }
}
