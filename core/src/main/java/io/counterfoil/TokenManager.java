package io.counterfoil;

import static java.time.temporal.ChronoUnit.MILLIS;

import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.LongFunction;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * Creates, authenticates, disables and deletes API tokens.
 *
 * <p>A plaintext is in the answer of {@link #create} and nowhere else; the store keeps its SHA-256. A disable or delete that
 * has returned is in force: nothing that begins later is accepted, on any node. Every method throws {@link
 * TokenStoreException} when the store fails, which says nothing about the token: it is neither accepted nor rejected.
 *
 * <p>Safe for use by many threads, virtual ones too. Starts no thread, and has nothing to close.
 */
public final class TokenManager {
  private static final int PAGE = 500;

  private final TokenStore store;
  private final String prefix;
  private final Clock clock;
  private final TokenListener listener;
  private final SecureRandom random;

  private TokenManager(Builder builder) {
    this.store = builder.store;
    this.prefix = builder.prefix;
    this.clock = builder.clock;
    this.listener = new SafeListeners(builder.listeners);
    this.random = builder.random;
  }

  /** Returns a builder of a manager whose tokens are kept in that store. */
  public static Builder builder(TokenStore store) {
    return new Builder(store);
  }

  /**
   * Creates an enabled token.
   *
   * @throws DuplicateTokenNameException if the owner has a token of that name; nothing is changed
   * @throws IllegalArgumentException if the expiry is not in the future; nothing is changed
   */
  public CreatedToken create(NewToken wish) {
    Instant now = clock.instant();
    wish.expiresAt.ifPresent(expiry -> requireFuture(expiry.truncatedTo(MILLIS), now));
    String plaintext = TokenFormat.generate(prefix, random);
    StoredToken row = new StoredToken(
        StoredToken.UNSAVED,
        wish.owner,
        wish.name,
        Sha256.hash(plaintext),
        Optional.empty(),
        true,
        wish.scopes,
        Set.of(),
        now,
        wish.expiresAt,
        Optional.empty(),
        Optional.empty());
    Token token = row.numbered(store.insert(row)).token();
    listener.created(token);
    return new CreatedToken(token, plaintext);
  }

  /**
   * Judges what a caller presents.
   *
   * <p>Costs at most one query of the store, and none if shape or checksum are wrong. Text of any length and content gets a
   * verdict, never an exception.
   */
  public Verdict authenticate(String presented) {
    Verdict verdict = judge(presented);
    if (verdict instanceof Verdict.Accepted accepted) {
      listener.accepted(accepted.token());
    } else if (verdict instanceof Verdict.Rejected rejected) {
      listener.rejected(rejected);
    }
    return verdict;
  }

  private Verdict judge(String presented) {
    if (!TokenFormat.isWellFormed(presented)) {
      return Verdict.Rejected.MALFORMED;
    }
    TokenHash hash = Sha256.hash(presented);
    Optional<StoredToken> found = store.findByHash(List.of(hash));
    Instant now = clock.instant();
    // The store's word is not enough: its column may compare loosely, its row have another tag.
    if (found.isEmpty() || !found.get().answersTo(hash, now)) {
      return Verdict.Rejected.UNKNOWN;
    }
    StoredToken row = found.get();
    if (!row.enabled()) {
      return rejected(Verdict.Reason.DISABLED, row);
    }
    if (row.isExpired(now)) {
      return rejected(Verdict.Reason.EXPIRED, row);
    }
    if (!row.allowedAddresses().isEmpty()) { // no address is known here, so none of them can match
      return rejected(Verdict.Reason.ADDRESS_NOT_ALLOWED, row);
    }
    return new Verdict.Accepted(row.token());
  }

  /** Finds the token with this id. */
  public Optional<Token> find(long id) {
    return store.findById(id).map(StoredToken::token);
  }

  /**
   * Lists the tokens of every owner in ascending order of id: the first page of them is read at once, each other one when the
   * stream comes to it.
   */
  public Stream<Token> list() {
    return pages(after -> store.list(after, PAGE));
  }

  /** Lists the tokens of one owner like {@link #list()}. */
  public Stream<Token> list(String owner) {
    return pages(after -> store.listOwnedBy(owner, after, PAGE));
  }

  /** Enables a token; false if there is no such token. */
  public boolean enable(long id) {
    return change(
        id,
        row -> store.setEnabled(id, true),
        row -> listener.enabled(row.switched(true).token()));
  }

  /** Disables a token: it is rejected from now on, until it is enabled; false if there is no such token. */
  public boolean disable(long id) {
    return change(
        id,
        row -> store.setEnabled(id, false),
        row -> listener.disabled(row.switched(false).token()));
  }

  /** Deletes a token for ever; false if there is no such token. */
  public boolean delete(long id) {
    return change(id, row -> store.delete(id), row -> listener.deleted(row.token()));
  }

  /** The row is read first so that listeners hear the name too; whether there was one to change, the change itself says. */
  private boolean change(long id, Predicate<StoredToken> change, Consumer<StoredToken> event) {
    Optional<StoredToken> changed = store.findById(id).filter(change);
    changed.ifPresent(event);
    return changed.isPresent();
  }

  private static Stream<Token> pages(LongFunction<List<StoredToken>> pageAfter) {
    return Stream.iterate(
            pageAfter.apply(0),
            page -> !page.isEmpty(),
            page -> page.size() < PAGE
                ? List.of()
                : pageAfter.apply(page.get(page.size() - 1).id()))
        .flatMap(List::stream)
        .map(StoredToken::token);
  }

  private static Verdict.Rejected rejected(Verdict.Reason reason, StoredToken row) {
    return new Verdict.Rejected(reason, OptionalLong.of(row.id()));
  }

  private static void requireFuture(Instant expiry, Instant now) {
    if (!expiry.isAfter(now)) {
      throw new IllegalArgumentException("expiresAt: " + expiry + " (expected: in the future)");
    }
  }

  /** Says how a manager is to work, before there is one. For use by one thread. */
  public static final class Builder {
    private final TokenStore store;
    private final List<TokenListener> listeners = new ArrayList<>();
    private String prefix = "cf";
    private Clock clock = Clock.systemUTC();
    private SecureRandom random = new SecureRandom();

    private Builder(TokenStore store) {
      this.store = Objects.requireNonNull(store, "store");
    }

    /**
     * Chooses what new tokens start with, so that people and secret scanners recognise them; {@code cf} by default.
     *
     * <p>Tokens with another prefix go on being accepted. With at most 5 characters a token is at most 55 bytes long, which
     * SHA-256 takes in one block; a longer prefix costs every authentication a second one.
     *
     * @throws IllegalArgumentException if it is not 2 to 20 of {@code a-z 0-9 _}, starting with a letter, without a last or
     *     doubled {@code _}
     */
    public Builder prefix(String newPrefix) {
      prefix = TokenFormat.checkedPrefix(newPrefix);
      return this;
    }

    /** Chooses the clock that creation and expiry go by; the system's by default. */
    public Builder clock(Clock newClock) {
      clock = Objects.requireNonNull(newClock, "clock");
      return this;
    }

    /** Adds a listener; there is none by default. */
    public Builder listener(TokenListener newListener) {
      listeners.add(Objects.requireNonNull(newListener, "listener"));
      return this;
    }

    /** For tests that count or break the source of randomness; a host has no need to choose one. */
    Builder random(SecureRandom newRandom) {
      random = newRandom;
      return this;
    }

    /**
     * Builds the manager.
     *
     * @throws IllegalStateException if the JVM has no SHA-256
     */
    public TokenManager build() {
      Sha256.requireAvailable();
      return new TokenManager(this);
    }
  }
}
