package io.counterfoil;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** The result of authenticating a presented plaintext: {@link Accepted} or {@link Rejected}. */
public sealed interface Verdict {

  /**
   * The proof that a presented plaintext belongs to a valid token.
   *
   * <p>Only {@link TokenManager#authenticate} and {@link TokenManager#recheck} create one. A method that takes an {@code
   * Accepted} cannot be called for a token that was not verified. Immutable; contains no plaintext.
   */
  final class Accepted implements Verdict {
    private final Token token;
    private final boolean byPrevious;
    private final Optional<Instant> validUntil;
    private final List<TokenHash> hashes;

    Accepted(
        Token token, boolean byPrevious, Optional<Instant> validUntil, List<TokenHash> hashes) {
      this.token = token;
      this.byPrevious = byPrevious;
      this.validUntil = validUntil;
      this.hashes = hashes;
    }

    /** Returns the token as it was when it was accepted. */
    public Token token() {
      return token;
    }

    /**
     * Returns whether the presented plaintext is the one that the last rotation replaced. It was accepted because the overlap was
     * not over. A caller that has only the old plaintext must not receive a new one.
     */
    public boolean byPrevious() {
      return byPrevious;
    }

    /**
     * Returns the instant from which the presented plaintext is rejected, if nothing changes before: the expiry of the token or,
     * for a replaced plaintext, the end of the overlap if that is earlier. Empty if there is none.
     */
    public Optional<Instant> validUntil() {
      return validUntil;
    }

    /** Returns the hashes under which the presented plaintext may be stored, for {@link TokenManager#recheck}. */
    List<TokenHash> hashes() {
      return hashes;
    }

    @Override
    public String toString() {
      return "Accepted[" + token.id() + ']';
    }
  }

  /**
   * The rejection of a presented plaintext.
   *
   * <p>The reason is only for the host. The caller must get the same response for every reason.
   *
   * @param reason the reason
   * @param tokenId the id of the token, if one was found
   */
  record Rejected(Reason reason, OptionalLong tokenId) implements Verdict {
    static final Rejected MALFORMED = new Rejected(Reason.MALFORMED, OptionalLong.empty());
    static final Rejected UNKNOWN = new Rejected(Reason.UNKNOWN, OptionalLong.empty());
  }

  /** The reason for a rejection. */
  enum Reason {
    /** There is no text, or it does not have the form of a token, or its checksum is wrong. The store was not queried. */
    MALFORMED,
    /** No token has this plaintext: it was never issued, it was replaced by a rotation, or its token was deleted. */
    UNKNOWN,
    /** This plaintext of the token has {@linkplain TokenManager#reportLeak leaked}. It is never accepted again. */
    LEAKED,
    /** The token is disabled. */
    DISABLED,
    /** The token has expired. */
    EXPIRED,
    /** The token was unused for longer than {@link TokenManager.Builder#maxIdle} allows. */
    IDLE,
    /** The token may only be used from certain addresses, and the address of the caller is not one of them or is not known. */
    ADDRESS_NOT_ALLOWED,
    /** The owner of the token is not active according to {@link TokenManager.Builder#activeOwners}. */
    OWNER_INACTIVE
  }
}
