package io.counterfoil;

import static java.time.temporal.ChronoUnit.MILLIS;

import java.time.Instant;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * A selection of tokens: a token matches if it fulfils all conditions. Each condition is optional.
 *
 * <p>Immutable: each method returns a new object. A query does not contain the present time: pass instants of your own clock. They
 * are truncated to whole milliseconds, as those of tokens are.
 */
@CheckReturnValue
public final class TokenQuery {
  private static final TokenQuery ALL = new TokenQuery(new Conditions());

  private final Conditions conditions;

  /** What a token must fulfil. Changed only while a query is made. */
  private static final class Conditions {
    Optional<String> owner = Optional.empty();
    Optional<String> foldedName = Optional.empty();
    Optional<Boolean> enabled = Optional.empty();
    Optional<String> scope = Optional.empty();
    Optional<Instant> expiresAfter = Optional.empty();
    Optional<Instant> expiresBy = Optional.empty();
    Optional<Instant> notExpiredAt = Optional.empty();
    Optional<Instant> unusedSince = Optional.empty();

    Conditions copy() {
      Conditions copy = new Conditions();
      copy.owner = owner;
      copy.foldedName = foldedName;
      copy.enabled = enabled;
      copy.scope = scope;
      copy.expiresAfter = expiresAfter;
      copy.expiresBy = expiresBy;
      copy.notExpiredAt = notExpiredAt;
      copy.unusedSince = unusedSince;
      return copy;
    }
  }

  private TokenQuery(Conditions conditions) {
    this.conditions = conditions;
  }

  /** Returns the query that every token matches. */
  public static TokenQuery all() {
    return ALL;
  }

  /**
   * Selects the tokens of one owner. The empty owner selects those without an owner.
   *
   * @throws IllegalArgumentException if the owner contains U+0000 or an unpaired surrogate
   */
  public TokenQuery owner(String owner) {
    return with(changed -> changed.owner = Optional.of(NameRules.checkedQuery("owner", owner)));
  }

  /**
   * Selects the tokens whose names contain a text. No character is a wildcard. Upper and lower case are equal as in {@link
   * String#equalsIgnoreCase}: each code point is compared alone, so {@code ß} does not equal {@code SS}.
   *
   * @param part 1 to 64 code points
   * @throws IllegalArgumentException if the text is empty or too long, or contains U+0000 or an unpaired surrogate
   */
  public TokenQuery nameContains(String part) {
    if (part.isEmpty() || part.codePointCount(0, part.length()) > NameRules.MAX_NAME) {
      throw new IllegalArgumentException("nameContains: " + part.codePointCount(0, part.length())
          + " code points (expected: 1 to " + NameRules.MAX_NAME + ')');
    }
    return with(changed -> changed.foldedName =
        Optional.of(NameRules.folded(NameRules.checkedQuery("nameContains", part))));
  }

  /** Selects the tokens that are enabled, or those that are not. */
  public TokenQuery enabled(boolean enabled) {
    return with(changed -> changed.enabled = Optional.of(enabled));
  }

  /**
   * Selects the tokens that have exactly this scope. Tokens with a scope that implies it, or with {@link Token#UNRESTRICTED}, do
   * not match.
   *
   * @throws IllegalArgumentException if it is not a scope-token of RFC 6749 section 3.3
   */
  public TokenQuery scope(String scope) {
    return with(changed -> changed.scope = Optional.of(NameRules.checkedScope(scope)));
  }

  /** Selects the tokens that expire after an instant. Tokens without expiry do not match. */
  public TokenQuery expiresAfter(Instant instant) {
    return with(changed -> changed.expiresAfter = Optional.of(instant.truncatedTo(MILLIS)));
  }

  /**
   * Selects the tokens that expire at an instant or earlier. With the present time, these are the expired tokens. Tokens without
   * expiry do not match.
   */
  public TokenQuery expiresBy(Instant instant) {
    return with(changed -> changed.expiresBy = Optional.of(instant.truncatedTo(MILLIS)));
  }

  /** Selects the tokens that have not expired at an instant. Tokens without expiry match. */
  public TokenQuery notExpiredAt(Instant instant) {
    return with(changed -> changed.notExpiredAt = Optional.of(instant.truncatedTo(MILLIS)));
  }

  /**
   * Selects the tokens that are known to be unused since an instant: their last use, or else the time from which their uses are
   * recorded, is before it. Newer tokens and tokens whose uses are not recorded do not match.
   */
  public TokenQuery unusedSince(Instant instant) {
    return with(changed -> changed.unusedSince = Optional.of(instant.truncatedTo(MILLIS)));
  }

  private TokenQuery with(Consumer<Conditions> change) {
    Conditions changed = conditions.copy();
    change.accept(changed);
    return new TokenQuery(changed);
  }

  /** Returns the owner that a token must have; empty if there is no such condition. */
  public Optional<String> owner() {
    return conditions.owner;
  }

  /**
   * Returns the text, folded too, that the {@linkplain StoredToken#foldedName folded name} must contain; empty if there is no such
   * condition.
   */
  public Optional<String> foldedName() {
    return conditions.foldedName;
  }

  /** Returns whether a token must be enabled or disabled; empty if there is no such condition. */
  public Optional<Boolean> enabled() {
    return conditions.enabled;
  }

  /** Returns the scope that a token must have; empty if there is no such condition. */
  public Optional<String> scope() {
    return conditions.scope;
  }

  /** Returns the instant after which a token must expire; empty if there is no such condition. */
  public Optional<Instant> expiresAfter() {
    return conditions.expiresAfter;
  }

  /** Returns the instant at which or before which a token must expire; empty if there is no such condition. */
  public Optional<Instant> expiresBy() {
    return conditions.expiresBy;
  }

  /** Returns the instant at which a token must not have expired; empty if there is no such condition. */
  public Optional<Instant> notExpiredAt() {
    return conditions.notExpiredAt;
  }

  /** Returns the instant since which a token must be unused; empty if there is no such condition. */
  public Optional<Instant> unusedSince() {
    return conditions.unusedSince;
  }

  /** Returns whether a row matches. This method defines what {@link TokenStore#list} selects. */
  public boolean matches(StoredToken row) {
    return owner().map(row.owner()::equals).orElse(true)
        && foldedName().map(row.foldedName()::contains).orElse(true)
        && enabled().map(wanted -> wanted == row.enabled()).orElse(true)
        && scope().map(row.scopes()::contains).orElse(true)
        && expiresAfter().map(after -> isAfter(row.expiresAt(), after)).orElse(true)
        && expiresBy()
            .map(last -> row.expiresAt().isPresent() && !isAfter(row.expiresAt(), last))
            .orElse(true)
        && notExpiredAt().map(now -> !row.isExpired(now)).orElse(true)
        && unusedSince()
            .map(since -> isBefore(row.lastUsedAt().or(row::trackedSince), since))
            .orElse(true);
  }

  private static boolean isAfter(Optional<Instant> at, Instant other) {
    return at.isPresent() && at.get().isAfter(other);
  }

  private static boolean isBefore(Optional<Instant> at, Instant other) {
    return at.isPresent() && at.get().isBefore(other);
  }

  @Override
  public String toString() {
    return "TokenQuery[owner=" + owner() + ", foldedName=" + foldedName() + ", enabled=" + enabled()
        + ", scope=" + scope() + ", expiresAfter=" + expiresAfter() + ", expiresBy=" + expiresBy()
        + ", notExpiredAt=" + notExpiredAt() + ", unusedSince=" + unusedSince() + ']';
  }
}
