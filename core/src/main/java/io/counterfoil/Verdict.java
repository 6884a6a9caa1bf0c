package io.counterfoil;

import java.util.OptionalLong;

/** What the manager says of a presented plaintext: {@link Accepted} or {@link Rejected}. */
public sealed interface Verdict {

  /**
   * The proof that a presented plaintext opens a token.
   *
   * <p>Only {@link TokenManager#authenticate} makes one: a method that takes an {@code Accepted} cannot be called for a
   * token that was not verified. Immutable; holds no plaintext.
   */
  final class Accepted implements Verdict {
    private final Token token;
    private final boolean byPrevious;

    Accepted(Token token, boolean byPrevious) {
      this.token = token;
      this.byPrevious = byPrevious;
    }

    /** Returns the token as it was when it was accepted. */
    public Token token() {
      return token;
    }

    /**
     * Says whether it was the plaintext before the last rotation that was presented, whose overlap is not over: whoever has
     * only that is to get no new one.
     */
    public boolean byPrevious() {
      return byPrevious;
    }

    @Override
    public String toString() {
      return "Accepted[" + token.id() + ']';
    }
  }

  /**
   * The refusal of a presented plaintext.
   *
   * <p>The reason is for the host's own eyes: whoever presented the plaintext must get the same answer in every case.
   *
   * @param reason why
   * @param tokenId the token that was found, if one was
   */
  record Rejected(Reason reason, OptionalLong tokenId) implements Verdict {
    static final Rejected MALFORMED = new Rejected(Reason.MALFORMED, OptionalLong.empty());
    static final Rejected UNKNOWN = new Rejected(Reason.UNKNOWN, OptionalLong.empty());
  }

  /** Why a presented plaintext was rejected. */
  enum Reason {
    /** It has not the shape or the checksum of a token; the store was not asked. */
    MALFORMED,
    /** No token has it: it was never issued, was rotated away, or its token was deleted. */
    UNKNOWN,
    /** Its token is switched off. */
    DISABLED,
    /** Its token has expired. */
    EXPIRED,
    /** Its token may be used from certain addresses only, and this was not one of them, or nobody knew which it was. */
    ADDRESS_NOT_ALLOWED,
    /** Its owner is not active, by the word of {@link TokenManager.Builder#activeOwners}. */
    OWNER_INACTIVE
  }
}
