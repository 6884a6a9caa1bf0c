package io.counterfoil;

import java.net.InetAddress;
import java.util.Collections;
import java.util.Optional;
import java.util.Set;

/**
 * An event of a manager, with its actor and the client's address. It contains no plaintext and no hash.
 *
 * <p>Later versions add further events: a listener ignores those that it does not know. Immutable. {@code toString} returns a
 * line of the audit log. Texts that could forge or break a line are escaped in it.
 */
public abstract class TokenEvent {
  private final String name;
  private final Origin origin;

  TokenEvent(String name, Origin origin) {
    this.name = name;
    this.origin = origin;
  }

  /**
   * Returns the name of the event, such as {@code created}, for logs and metrics. It does not change in later versions. An {@link
   * Accepted} event has one of two names: {@code accepted}, or {@code previous-accepted} for a replaced plaintext.
   */
  public final String name() {
    return name;
  }

  /** Returns the actor. */
  public final Actor actor() {
    return origin.actor();
  }

  /** Returns the client's address; empty if it is not known, or if there was no client. */
  public final Optional<InetAddress> address() {
    return origin.address();
  }

  /** Returns what the audit log says about this event in addition, beginning with a space. */
  abstract String details();

  /** Returns whether anybody can cause this event by presenting plaintexts. */
  boolean isVerdict() {
    return false;
  }

  @Override
  public final String toString() {
    return "event=" + name + details() + ' ' + origin;
  }

  /** An event of one token. */
  public abstract static class OfToken extends TokenEvent {
    private final Token token;

    OfToken(String name, Origin origin, Token token) {
      super(name, origin);
      this.token = token;
    }

    /** Returns the token as it was read for the event, with this change applied. */
    public final Token token() {
      return token;
    }

    @Override
    String details() {
      return " id=" + token.id() + " owner=" + LogSanitizer.quote(token.owner()) + " name="
          + LogSanitizer.quote(token.name());
    }
  }

  /** A token was created or imported. */
  public static final class Created extends OfToken {
    Created(Origin origin, Token token) {
      super("created", origin, token);
    }
  }

  /** A token was enabled. It may have been enabled already. */
  public static final class Enabled extends OfToken {
    Enabled(Origin origin, Token token) {
      super("enabled", origin, token);
    }
  }

  /** A token was disabled. It may have been disabled already. */
  public static final class Disabled extends OfToken {
    Disabled(Origin origin, Token token) {
      super("disabled", origin, token);
    }
  }

  /** A token was given a new plaintext. */
  public static final class Rotated extends OfToken {
    Rotated(Origin origin, Token token) {
      super("rotated", origin, token);
    }
  }

  /** A token was updated. */
  public static final class Updated extends OfToken {
    private final Set<String> fields;

    Updated(Origin origin, Token token, Set<String> fields) {
      super("updated", origin, token);
      this.fields = Collections.unmodifiableSet(fields);
    }

    /**
     * Returns the names of the properties whose values changed, in alphabetical order: {@code allowedAddresses}, {@code
     * description}, {@code expiresAt}, {@code name} and {@code scopes}. Empty if they already had the requested values.
     */
    public Set<String> fields() {
      return fields;
    }

    @Override
    String details() {
      return super.details() + " fields=" + String.join(",", fields);
    }
  }

  /** Somebody asked which token has a plaintext. */
  public static final class Identified extends TokenEvent {
    private final Optional<Token> token;

    Identified(Origin origin, Optional<Token> token) {
      super("identified", origin);
      this.token = token;
    }

    /** Returns the token that has the plaintext; empty if there is none. */
    public Optional<Token> token() {
      return token;
    }

    @Override
    String details() {
      return token.map(found -> " id=" + found.id()).orElse(" found=none");
    }

    /** A caller can ask for any number of texts that no token has. */
    @Override
    boolean isVerdict() {
      return token.isEmpty();
    }
  }

  /**
   * A plaintext of a token was {@linkplain TokenChanges#reportLeak reported} as leaked and is no longer accepted. If the token
   * was disabled, {@link Disabled} follows.
   */
  public static final class Leaked extends OfToken {
    Leaked(Origin origin, Token token) {
      super("leaked", origin, token);
    }
  }

  /** A token was deleted. */
  public static final class Deleted extends OfToken {
    Deleted(Origin origin, Token token) {
      super("deleted", origin, token);
    }
  }

  /**
   * A presented plaintext was accepted. The actor is the token, or that of {@link TokenChanges#introspect}. The request may still be refused, for example for a missing scope.
   */
  public static final class Accepted extends OfToken {
    private final boolean byPrevious;

    Accepted(Origin origin, Verdict.Accepted verdict) {
      super(verdict.byPrevious() ? "previous-accepted" : "accepted", origin, verdict.token());
      this.byPrevious = verdict.byPrevious();
    }

    /** Returns whether a rotation has replaced this plaintext. Some client does not have the new plaintext yet. */
    public boolean byPrevious() {
      return byPrevious;
    }

    @Override
    boolean isVerdict() {
      return true;
    }
  }

  /**
   * A presented plaintext was rejected. The actor is the token if one was found or was accepted before, else {@link
   * Actor#ANONYMOUS}; or that of {@link TokenChanges#introspect}.
   */
  public static final class Rejected extends TokenEvent {
    private final Verdict.Rejected verdict;

    Rejected(Origin origin, Verdict.Rejected verdict) {
      super("rejected", origin);
      this.verdict = verdict;
    }

    /** Returns the verdict with the reason. */
    public Verdict.Rejected verdict() {
      return verdict;
    }

    @Override
    String details() {
      String id = verdict.tokenId().isPresent() ? " id=" + verdict.tokenId().getAsLong() : "";
      return " reason=" + verdict.reason() + id;
    }

    @Override
    boolean isVerdict() {
      return true;
    }
  }

  /** An event of several tokens. */
  public abstract static class OfSeveral extends TokenEvent {
    private final long count;

    OfSeveral(String name, Origin origin, long count) {
      super(name, origin);
      this.count = count;
    }

    /** Returns the number of tokens. */
    public final long count() {
      return count;
    }

    @Override
    String details() {
      return " count=" + count;
    }
  }

  /** All tokens were disabled. The count is that of the tokens that were enabled before. */
  public static final class AllDisabled extends OfSeveral {
    AllDisabled(Origin origin, long count) {
      super("all-disabled", origin, count);
    }
  }

  /** An event of all tokens of one owner. */
  public abstract static class OfOwner extends OfSeveral {
    private final String owner;

    OfOwner(String name, Origin origin, String owner, long count) {
      super(name, origin, count);
      this.owner = owner;
    }

    /** Returns the owner. */
    public final String owner() {
      return owner;
    }

    @Override
    String details() {
      return " owner=" + LogSanitizer.quote(owner) + super.details();
    }
  }

  /** The tokens of one owner were disabled. The count is that of the tokens that were enabled before. */
  public static final class OwnerDisabled extends OfOwner {
    OwnerDisabled(Origin origin, String owner, long count) {
      super("owner-disabled", origin, owner, count);
    }
  }

  /** The tokens of one owner were deleted. */
  public static final class OwnerDeleted extends OfOwner {
    OwnerDeleted(Origin origin, String owner, long count) {
      super("owner-deleted", origin, owner, count);
    }
  }

  /** Expired tokens were deleted. */
  public static final class ExpiredDeleted extends OfSeveral {
    ExpiredDeleted(Origin origin, long count) {
      super("expired-deleted", origin, count);
    }
  }

  /** Uses of accepted tokens were not recorded, because the store was too slow. The count is that of the uses. */
  public static final class UsesDropped extends OfSeveral {
    UsesDropped(long count) {
      super("uses-dropped", Origin.SYSTEM, count);
    }
  }

  /**
   * The store failed while a plaintext was authenticated, tokens were read or changed, or uses were recorded. A change was made
   * completely or not at all.
   */
  public static final class StoreFailed extends TokenEvent {
    private final Throwable failure;
    private final boolean preventedVerdict;

    StoreFailed(Origin origin, Throwable failure) {
      this(origin, failure, false);
    }

    private StoreFailed(Origin origin, Throwable failure, boolean preventedVerdict) {
      super("store-failed", origin);
      this.failure = failure;
      this.preventedVerdict = preventedVerdict;
    }

    /** Returns the event of a caller that asked for a verdict. */
    static StoreFailed insteadOfVerdict(Origin origin, Throwable failure) {
      return new StoreFailed(origin, failure, true);
    }

    /**
     * Returns whether a caller asked for a verdict on a plaintext and got this failure instead. It is false if another call of
     * the store failed.
     */
    public boolean preventedVerdict() {
      return preventedVerdict;
    }

    /**
     * Returns the failure. If a caller was waiting, it receives the failure, too. Do not log its message unless you trust the
     * store: only a {@link TokenStoreException} promises that its message contains no values.
     */
    public Throwable failure() {
      return failure;
    }

    @Override
    String details() {
      // Only stores promise that their messages contain no values.
      String text = failure instanceof TokenStoreException
          ? String.valueOf(failure.getMessage())
          : failure.getClass().getName();
      return " failure=" + LogSanitizer.quote(text);
    }

    /** During a failure, every authentication causes it. */
    @Override
    boolean isVerdict() {
      return true;
    }
  }
}
