package io.counterfoil;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BiFunction;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The methods of a manager that change tokens. Events and the audit log name the actor of this object. {@link TokenManager}
 * itself acts as {@link Actor#SYSTEM}; {@link TokenManager#actingAs} returns an object for another actor. The actor's rights
 * are not checked.
 *
 * <p>When a call that disables or deletes a token, or takes rights from it, returns, the change is in force for each
 * authentication that begins later, on any node. With a cache, other nodes may use the token as it was until the staleness bound
 * has passed. Every method throws
 * {@link TokenStoreException} if the store fails: a change of one token was made completely or not at all.
 *
 * <p>Safe for use by many threads, including virtual threads.
 */
public sealed class TokenChanges permits TokenManager {
  private static final Logger LOG = LoggerFactory.getLogger(TokenChanges.class);

  final TokenStore store;
  final Settings settings;
  final Listeners listeners;
  final TokenAuthenticator authenticator;
  private final LeakRevoker leaks;
  private final Origin origin;
  private final Issuer issuer;
  private final RowEditor rows;
  final TokenEditor editor;

  TokenChanges(
      TokenStore store,
      Settings settings,
      Listeners listeners,
      TokenAuthenticator authenticator,
      Origin origin) {
    this.store = store;
    this.settings = settings;
    this.listeners = listeners;
    this.authenticator = authenticator;
    this.origin = origin;
    this.issuer = new Issuer(store, settings);
    this.rows = new RowEditor(store);
    this.editor = new TokenEditor(settings);
    this.leaks = new LeakRevoker(store, settings, listeners, origin);
  }

  /**
   * Creates an enabled token.
   *
   * @throws DuplicateTokenNameException if the owner has a token of that name; nothing is changed
   * @throws PolicyException if the expiry is not in the future, or the settings of the manager forbid such a token; nothing is
   *     changed
   */
  public CreatedToken create(NewToken newToken) {
    CreatedToken created = attempt(() -> issuer.create(newToken));
    listeners.publish(new TokenEvent.Created(origin, created.token()));
    return created;
  }

  /**
   * Creates an enabled token like {@link #create}, but only once for each key in this store. For example, a host that calls
   * this method at every start creates its first token at the very first start.
   *
   * <p>If the key was used before, this method changes nothing and returns empty, whatever has become of that token: even if it
   * was rotated or deleted, and even if the settings of this manager would forbid such a token now. If several nodes use one key
   * at the same time, exactly one creates its token. If the process ends before it has shown the plaintext, nobody has seen it,
   * but the key is used: rotate or delete the token, and create another one.
   *
   * @param key 1 to 64 characters of {@code a-z 0-9 . _ -}
   * @param newToken returns the properties of the token. Called only if the key was not used before, so that a host can prepare
   *     a place for the plaintext. If it throws, nothing is changed, and this method throws the same exception
   * @return the new token with its plaintext; empty if the key was used before
   * @throws DuplicateTokenNameException if the owner has a token of that name; nothing is changed, and the key is not used
   * @throws PolicyException as for {@link #create}; nothing is changed, and the key is not used
   * @throws IllegalArgumentException if the key has other characters or another length
   */
  public Optional<CreatedToken> createOnce(String key, Supplier<NewToken> newToken) {
    NameRules.checkedKey("key", key);
    Optional<CreatedToken> created = attempt(() -> issuer.createOnce(key, newToken));
    created.ifPresent(each -> listeners.publish(new TokenEvent.Created(origin, each.token())));
    return created;
  }

  /**
   * Imports a token of another system by the SHA-256 of its plaintext, so that the plaintext keeps working. If it does not
   * have the format of this library, it is accepted only by a manager that {@linkplain TokenManager.Builder#acceptForeign
   * accepts foreign plaintexts}. The hash itself is never accepted as a plaintext.
   *
   * @param sha256 64 hexadecimal digits in either case
   * @param createdAt when the other system created the token
   * @throws DuplicateTokenNameException if the owner has a token of that name; nothing is changed
   * @throws DuplicateTokenHashException if another token has that hash, or had it before its last rotation; nothing is changed. A
   *     hash that was replaced by one with a pepper is not noticed
   * @throws PolicyException if the settings of the manager forbid such a token. An expiry in the past is allowed
   * @throws IllegalArgumentException if {@code sha256} is not 64 hexadecimal digits, or {@code createdAt} is before 1970 or in
   *     the future
   */
  public Token importHashed(NewToken newToken, String sha256, boolean enabled, Instant createdAt) {
    Token token = attempt(() -> issuer.importHashed(newToken, sha256, enabled, createdAt));
    listeners.publish(new TokenEvent.Created(origin, token));
    return token;
  }

  /**
   * Imports an enabled token by the SHA-256 of its plaintext like {@link #importHashed}, but only once for each hash in this
   * store. For example, a host calls this method at every start for each hash in its configuration.
   *
   * <p>If this method has imported the hash before, it changes nothing and returns empty, whatever has become of that token: a
   * plaintext that was rotated, deleted or reported as leaked does not return, and the settings of this manager may have become
   * stricter. If several nodes import one hash at the same time, exactly one succeeds, and the others get an empty result.
   *
   * @param sha256 64 hexadecimal digits in either case
   * @return the new token, created now; empty if its hash was imported by this method before
   * @throws DuplicateTokenNameException as for {@link #importHashed}; nothing is changed
   * @throws DuplicateTokenHashException as for {@link #importHashed}; nothing is changed
   * @throws PolicyException as for {@link #importHashed}; nothing is changed
   * @throws IllegalArgumentException if {@code sha256} is not 64 hexadecimal digits
   */
  public Optional<Token> importOnce(NewToken newToken, String sha256) {
    return published(() -> issuer.importOnce(newToken, sha256));
  }

  /**
   * Imports a token by the SHA-256 of its plaintext like {@link #importHashed}, but only once for each hash in this store, like
   * {@link #importOnce(NewToken, String)}. For example, an import that was interrupted continues when it is started again.
   *
   * @param sha256 64 hexadecimal digits in either case
   * @param createdAt when the other system created the token
   * @return the new token; empty if its hash was imported by a method of this name before
   * @throws DuplicateTokenNameException as for {@link #importHashed}; nothing is changed
   * @throws DuplicateTokenHashException as for {@link #importHashed}; nothing is changed
   * @throws PolicyException as for {@link #importHashed}; nothing is changed
   * @throws IllegalArgumentException as for {@link #importHashed}
   */
  public Optional<Token> importOnce(
      NewToken newToken, String sha256, boolean enabled, Instant createdAt) {
    return published(() -> issuer.importOnce(newToken, sha256, enabled, createdAt));
  }

  private Optional<Token> published(Supplier<Optional<Token>> creation) {
    Optional<Token> token = attempt(creation);
    token.ifPresent(each -> listeners.publish(new TokenEvent.Created(origin, each)));
    return token;
  }

  /**
   * Checks a plaintext again that was accepted before, for example directly before a change, or at intervals while a
   * connection is open. It is rejected if its token was deleted or disabled or has expired, if it has leaked, if its pepper
   * has ended, or if the owner is no longer active. After a rotation, {@link Verdict.Accepted#byPrevious} is true during the
   * overlap, and the plaintext is rejected after it. Reads the token without a cache. Does not check the address and the
   * idle time again, and does not count as a use. Only a rejection causes an event.
   */
  public Verdict recheck(Verdict.Accepted accepted) {
    Verdict verdict =
        attempt(() -> authenticator.recheck(accepted), TokenEvent.StoreFailed::insteadOfVerdict);
    if (verdict instanceof Verdict.Rejected rejected) {
      Origin bearer = new Origin(Actor.token(accepted.token().id()), origin.address());
      listeners.publish(new TokenEvent.Rejected(bearer, rejected));
    }
    return verdict;
  }

  /**
   * Revokes a leaked plaintext.
   *
   * <p>The plaintext is never accepted again. If it is the present plaintext of a token, the token is disabled, too. To use
   * the token again, {@linkplain #rotate(long, Duration) rotate} it, and then enable it. If a rotation has replaced the
   * plaintext, the token keeps its new one. A plaintext from before an earlier rotation is already rejected and is not found.
   * A second report causes another event, and disables the token again if it was enabled without a rotation. If the token is
   * rotated at the same time, it may still be disabled. If this method throws because the store failed, report the leak again.
   *
   * <p>After the token is deleted or rotated twice, the store no longer knows the hash of the leaked plaintext. Do not import
   * that plaintext again.
   *
   * @return the token in its present state, if it has this plaintext or had it before its last rotation; empty if there is no
   *     such token. Nothing is changed then
   */
  public Optional<Token> reportLeak(String plaintext) {
    return attempt(() -> leaks.revoke(plaintext));
  }

  /**
   * Returns the token that has this plaintext, or had it before its last rotation, even if it is disabled or expired. It is meant
   * for an operator who has found a plaintext. With a cache, the result may be as old as its staleness bound. Does not count as a
   * use. Text of any length and content is allowed.
   */
  public Optional<Token> identify(String plaintext) {
    Optional<Token> token = attempt(() -> leaks.identify(plaintext));
    listeners.publish(new TokenEvent.Identified(origin, token));
    return token;
  }

  /**
   * Authenticates a plaintext that another system has received and asks about, as in token introspection (RFC 7662). The verdict
   * is that of {@link TokenManager#authenticate(String)}: the address of the client is not known, so a token with {@linkplain
   * NewToken#allowedAddresses() allowed addresses} is rejected. If the plaintext is accepted, this counts as a use of its token.
   * Events name the actor and the address of this object, not the token.
   *
   * @param isKnown returns whether the actor may ask about a token. If it returns false, the verdict is the one for a plaintext
   *     that no token has, and nothing is recorded
   * @throws UnreadableTokenException if the row of the token cannot be read
   */
  public Verdict introspect(String presented, Predicate<Token> isKnown) {
    Verdict verdict = attempt(
        () -> authenticator.authenticate(presented, Optional::empty, isKnown),
        TokenEvent.StoreFailed::insteadOfVerdict);
    listeners.publish(
        verdict instanceof Verdict.Accepted accepted
            ? new TokenEvent.Accepted(origin, accepted)
            : new TokenEvent.Rejected(origin, (Verdict.Rejected) verdict));
    return verdict;
  }

  /**
   * Changes properties of a token. Properties that the update does not set keep their values: if several callers change different
   * properties at the same time, all changes are made. An expired token becomes valid again by a new expiry, an idle one by any
   * update.
   *
   * @return the changed token; empty if there is no such token
   * @throws DuplicateTokenNameException if another token of the owner has the new name; nothing is changed
   * @throws PolicyException if the new expiry is not in the future, or the settings of the manager forbid the new expiry or scopes;
   *     nothing is changed
   * @throws IllegalArgumentException if the update is empty
   * @throws UnreadableTokenException if the row of the token cannot be read
   */
  public Optional<Token> update(long id, TokenUpdate update) {
    requireSome(update);
    return updated(update, change -> rows.change(id, change.andThen(Optional::of)));
  }

  /**
   * Changes properties of a token like {@link #update(long, TokenUpdate)}, unless the token has changed since the caller read it.
   * A caller that has compared rights with those of the token uses this method, so that the comparison still holds.
   *
   * @param expected the token as it was read by {@code find} or {@code list}
   * @throws ConcurrentUpdateException if the token has changed since then; nothing is changed
   */
  public Optional<Token> update(Token expected, TokenUpdate update) {
    requireSome(update);
    return updated(update, change -> rows.changeExpected(expected, change));
  }

  private static void requireSome(TokenUpdate update) {
    if (update.isEmpty()) {
      throw new IllegalArgumentException("update: empty (expected: at least one property)");
    }
  }

  private Optional<Token> updated(
      TokenUpdate update, Function<UnaryOperator<StoredToken>, Optional<StoredToken>> change) {
    AtomicReference<Token> before = new AtomicReference<>();
    Optional<StoredToken> changed = attempt(() -> change.apply(row -> {
      before.set(row.token());
      return editor.updated(row, update);
    }));
    changed.ifPresent(row -> listeners.publish(new TokenEvent.Updated(
        origin, row.token(), TokenEditor.differences(before.get(), row.token()))));
    return changed.map(StoredToken::token).map(settings.scopes()::effective);
  }

  /**
   * Enables a token. An idle token becomes valid again, too.
   *
   * @return false if there is no such token
   * @throws UnreadableTokenException if the row of the token cannot be read
   */
  public boolean enable(long id) {
    return enabled(attempt(() -> rows.change(id, row -> Optional.of(enabled(row)))));
  }

  /**
   * Enables a token like {@link #enable(long)}, unless it has changed since the caller read it.
   *
   * @param expected the token as it was read by {@code find} or {@code list}
   * @throws ConcurrentUpdateException if the token has changed since then; nothing is changed
   */
  public boolean enable(Token expected) {
    return enabled(attempt(() -> rows.changeExpected(expected, this::enabled)));
  }

  private StoredToken enabled(StoredToken row) {
    return row.toBuilder().enabled(true).renewedAt(settings.clock().instant()).build();
  }

  private boolean enabled(Optional<StoredToken> row) {
    row.ifPresent(enabled -> listeners.publish(new TokenEvent.Enabled(origin, enabled.token())));
    return row.isPresent();
  }

  /**
   * Disables a token: from now on it is rejected, until it is enabled again.
   *
   * @return false if there is no such token
   */
  public boolean disable(long id) {
    return change(
        id,
        () -> store.disable(id),
        row -> new TokenEvent.Disabled(origin, row.disabled().token()));
  }

  /**
   * Disables every token of every owner.
   *
   * @return how many were enabled before
   */
  public int disableAll() {
    int count = attempt(store::disableAll);
    listeners.publish(new TokenEvent.AllDisabled(origin, count));
    return count;
  }

  /**
   * Disables every token of one owner.
   *
   * @return how many were enabled before
   */
  public int disableOwnedBy(String owner) {
    NameRules.checkedQuery("owner", owner);
    int count = attempt(() -> store.disableOwnedBy(owner));
    listeners.publish(new TokenEvent.OwnerDisabled(origin, owner, count));
    return count;
  }

  /**
   * Gives a token a new plaintext. Everything else stays as it is. An idle token becomes valid again.
   *
   * <p>The old plaintext stays valid for the overlap, but never beyond the expiry of the token. With an overlap of zero it is
   * rejected at once, even if the clocks of other nodes differ. A plaintext from before an earlier rotation is rejected from now
   * on: a token never has more than two plaintexts. If this method throws because the store failed, it is not known which
   * plaintext is valid: disable the token, or rotate it again.
   *
   * @return the token with its new plaintext; empty if there is no such token
   * @throws ConcurrentRotationException if another rotation of the token came first; nothing is changed. Do not rotate again:
   *     that would replace the plaintext that the other caller has just received
   * @throws PolicyException if the token has expired, or its expiry is beyond the maximum lifetime of the manager; nothing is
   *     changed. Give such a token a new expiry first
   * @throws IllegalArgumentException if the overlap is negative. {@code PolicyException} is one, too: catch it first
   */
  public Optional<CreatedToken> rotate(long id, Duration overlap) {
    return rotate(() -> store.findById(id), overlap, row -> {});
  }

  /**
   * Gives a token a new plaintext like {@link #rotate(long, Duration)}, unless the token has changed since the caller read it.
   *
   * @param expected the token as it was read by {@code find} or {@code list}
   * @throws ConcurrentUpdateException if the token has changed since then; nothing is changed
   */
  public Optional<CreatedToken> rotate(Token expected, Duration overlap) {
    return rotate(
        () -> store.findById(expected.id()), overlap, row -> requireNotRotated(row, expected));
  }

  private static void requireNotRotated(StoredToken row, Token expected) {
    if (!row.token().hasSameRotation(expected)) {
      throw new ConcurrentRotationException();
    }
    RowEditor.requireUnchanged(row, expected);
  }

  /** Gives the token of that owner with this name a new plaintext, like {@link #rotate(long, Duration)}. */
  public Optional<CreatedToken> rotate(String owner, String name, Duration overlap) {
    NameRules.checkedQuery("owner", owner);
    NameRules.checkedQuery("name", name);
    return rotate(() -> store.findByName(owner, name), overlap, row -> {});
  }

  private Optional<CreatedToken> rotate(
      Supplier<Optional<StoredToken>> row, Duration overlap, Consumer<StoredToken> judge) {
    if (overlap.isNegative()) {
      throw new IllegalArgumentException("overlap: " + overlap + " (expected: zero or more)");
    }
    Optional<CreatedToken> rotated =
        attempt(() -> row.get().flatMap(found -> issuer.rotate(found, overlap, judge)));
    rotated.ifPresent(
        created -> listeners.publish(new TokenEvent.Rotated(origin, created.token())));
    return rotated;
  }

  /**
   * Deletes a token permanently.
   *
   * @return false if there is no such token
   */
  public boolean delete(long id) {
    return change(id, () -> store.delete(id), row -> new TokenEvent.Deleted(origin, row.token()));
  }

  /**
   * Deletes every token of one owner permanently.
   *
   * @return how many there were
   */
  public int deleteOwnedBy(String owner) {
    NameRules.checkedQuery("owner", owner);
    int count = attempt(() -> store.deleteOwnedBy(owner));
    listeners.publish(new TokenEvent.OwnerDeleted(origin, owner, count));
    return count;
  }

  /**
   * Deletes tokens that expired before an instant. Call it until it returns 0.
   *
   * @param limit the maximum number of tokens to delete in this call, at least 1. A larger limit makes other callers wait longer
   *     for the store
   * @return how many were deleted
   * @throws IllegalArgumentException if the limit is less than 1, or the instant is in the future
   */
  public int deleteExpired(Instant before, int limit) {
    Instant now = settings.clock().instant();
    if (before.isAfter(now)) {
      throw new IllegalArgumentException("before: " + before + " (expected: at most " + now + ')');
    }
    Paging.requirePositive(limit);
    int count = attempt(() -> store.deleteExpired(before, limit));
    if (count > 0) {
      listeners.publish(new TokenEvent.ExpiredDeleted(origin, count));
    }
    return count;
  }

  /**
   * Deletes those of these tokens that are still expired, one after the other. If the store fails, this method throws; the tokens
   * before that one are deleted.
   *
   * @return how many were deleted
   */
  public int deleteExpired(Collection<Token> tokens) {
    Instant now = settings.clock().instant();
    int count = 0;
    for (Token token : tokens) {
      if (attempt(() -> store.deleteExpired(token.id(), now))) {
        listeners.publish(new TokenEvent.Deleted(origin, token));
        count++;
      }
    }
    return count;
  }

  /**
   * Changes a token. If there are listeners, the row is read first, so that they receive its name. If the row cannot be read, the
   * token is still changed.
   */
  private boolean change(long id, BooleanSupplier change, Function<StoredToken, TokenEvent> event) {
    Optional<StoredToken> row = listeners.isEmpty() ? Optional.empty() : readForEvent(id);
    boolean isChanged = attempt(change::getAsBoolean);
    if (isChanged && row.isPresent()) {
      listeners.publish(event.apply(row.get()));
    } else if (isChanged && !listeners.isEmpty()) {
      LOG.warn(
          "Token {} was changed by {}: no event was sent, because the token could not be read",
          id,
          origin);
    }
    return isChanged;
  }

  private Optional<StoredToken> readForEvent(long id) {
    try {
      return attempt(() -> store.findById(id));
    } catch (UnreadableTokenException unreadable) {
      return Optional.empty(); // the caller logs it
    } catch (TokenStoreException failure) {
      LOG.warn("Token {} cannot be read before it is changed", id, failure);
      return Optional.empty();
    }
  }

  /** Calls the store, and publishes an event if it fails. */
  final <T> T attempt(Supplier<T> call) {
    return attempt(call, TokenEvent.StoreFailed::new);
  }

  private <T> T attempt(Supplier<T> call, BiFunction<Origin, Throwable, TokenEvent> event) {
    try {
      return call.get();
    } catch (TokenStoreException failure) {
      listeners.publish(event.apply(origin, failure));
      throw failure;
    }
  }
}
