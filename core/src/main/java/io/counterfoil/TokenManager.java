package io.counterfoil;

import java.net.InetAddress;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Creates, authenticates, finds, updates, disables, rotates and deletes API tokens.
 *
 * <p>Only the results of {@link #create} and {@link #rotate} contain a plaintext. The store keeps only its hash. When a call
 * that disables or deletes a token, or takes rights from it, returns, the change is in force for each authentication that
 * begins later, on any node. With a cache, other nodes may use the token as it was until the staleness bound has passed. Every
 * method throws {@link TokenStoreException} if the store fails. The exception says nothing about a token, which is neither
 * accepted nor rejected.
 *
 * <p>Safe for use by many threads, including virtual threads. The manager starts a thread for recording uses at the first use of
 * a token, and one thread for each listener at the first event. {@link #close} ends them.
 */
public final class TokenManager extends TokenChanges implements AutoCloseable {
  private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(5);

  private final Optional<UseRecorder> uses;
  private final TokenReports reports;
  private final ExpiryNotices notices;

  private TokenManager(
      TokenStore store, Settings settings, Listeners listeners, Optional<UseRecorder> uses) {
    super(
        store,
        settings,
        listeners,
        new TokenAuthenticator(store, settings, listeners, uses),
        Origin.SYSTEM);
    this.uses = uses;
    this.reports = new TokenReports(store, settings);
    this.notices = new ExpiryNotices(store, settings);
  }

  /** Returns a builder for a manager of the tokens in that store. */
  public static Builder builder(TokenStore store) {
    return new Builder(store);
  }

  /**
   * Authenticates a presented plaintext from an unknown address.
   *
   * <p>Queries the store once, twice if the hash of the token is outdated, and not at all if the form or the checksum is wrong.
   * With a cache, it queries once more if a token from the cache seems expired or idle, or its address is not allowed. Text of
   * any length and content gets a verdict, never an exception. A token with {@linkplain NewToken#allowedAddresses() allowed
   * addresses} is rejected.
   *
   * @param presented the plaintext. {@code null}, for example from a missing header, is rejected as {@link
   *     Verdict.Reason#MALFORMED}
   */
  public Verdict authenticate(@Nullable String presented) {
    return authenticate(presented, Optional::empty);
  }

  /**
   * Authenticates a presented plaintext like {@link #authenticate(String)}, from a known address.
   *
   * @param address the address of the caller: that of the socket, or the one that a trusted proxy reports
   */
  public Verdict authenticate(@Nullable String presented, InetAddress address) {
    Optional<InetAddress> known = Optional.of(address);
    return authenticate(presented, () -> known);
  }

  /**
   * Authenticates a presented plaintext like {@link #authenticate(String)}, from an address that is determined only if the token
   * has allowed addresses, the manager has listeners, or it {@linkplain Builder#recordAddresses records addresses}.
   *
   * @param address returns the address of the caller; empty if it is not known. It may be called more than once. If it throws and
   *     the token has allowed addresses, this method throws the same exception; otherwise the address counts as unknown
   */
  public Verdict authenticate(@Nullable String presented, Supplier<Optional<InetAddress>> address) {
    try {
      Verdict verdict = authenticator.authenticate(presented, address);
      if (!listeners.isEmpty()) {
        publish(verdict, address);
      }
      return verdict;
    } catch (TokenStoreException failure) {
      Origin origin = new Origin(Actor.ANONYMOUS, known(address));
      listeners.publish(TokenEvent.StoreFailed.insteadOfVerdict(origin, failure));
      throw failure;
    }
  }

  private void publish(Verdict verdict, Supplier<Optional<InetAddress>> address) {
    if (verdict instanceof Verdict.Accepted accepted) {
      Actor actor = Actor.token(accepted.token().id());
      listeners.publish(new TokenEvent.Accepted(new Origin(actor, known(address)), accepted));
    } else if (verdict instanceof Verdict.Rejected rejected) {
      Actor actor = rejected.tokenId().isPresent()
          ? Actor.token(rejected.tokenId().getAsLong())
          : Actor.ANONYMOUS;
      listeners.publish(new TokenEvent.Rejected(new Origin(actor, known(address)), rejected));
    }
  }

  /** An address that cannot be determined must not change a verdict. */
  private static Optional<InetAddress> known(Supplier<Optional<InetAddress>> address) {
    try {
      return Objects.requireNonNullElse(address.get(), Optional.empty());
    } catch (Throwable unknown) {
      return Optional.empty();
    }
  }

  /**
   * Returns an object that changes tokens in the name of another actor. Events and the audit log name the actor and the
   * address. The actor's rights are not checked. The result is valid as long as this manager.
   *
   * @param address the client's address; empty if it is not known
   */
  @CheckReturnValue
  public TokenChanges actingAs(Actor actor, Optional<InetAddress> address) {
    return new TokenChanges(store, settings, listeners, authenticator, new Origin(actor, address));
  }

  /**
   * Returns whether a text looks like a token: it begins with the prefix of this manager and {@code _}, or it is a well-formed
   * token with any prefix. It is meant for a host that also accepts other bearer credentials, such as JWTs. The result says
   * nothing about whether there is such a token, and the store is not queried.
   *
   * @throws IllegalStateException if this manager {@linkplain Builder#acceptForeign accepts foreign plaintexts}, because those
   *     cannot be told from credentials of others
   */
  public boolean looksLikeToken(String text) {
    return authenticator.looksLikeToken(text);
  }

  /**
   * Finds the token with this id.
   *
   * @throws UnreadableTokenException if the row of the token cannot be read. Such a token can be disabled and deleted
   */
  public Optional<Token> find(long id) {
    return attempt(() -> store.findById(id)).map(this::token);
  }

  /**
   * Finds the token of that owner with this name.
   *
   * @throws IllegalArgumentException if owner or name contain U+0000 or an unpaired surrogate. This also applies to the owner in
   *     every other method
   * @throws UnreadableTokenException as {@link #find(long)} does
   */
  public Optional<Token> find(String owner, String name) {
    NameRules.checkedQuery("owner", owner);
    NameRules.checkedQuery("name", name);
    return attempt(() -> store.findByName(owner, name)).map(this::token);
  }

  /**
   * Lists the tokens of all owners in ascending order of id. The first page is read at once. Each further page is read when the
   * stream reaches it. Tokens whose rows cannot be read are left out; the store logs their ids.
   */
  public Stream<Token> list() {
    return list(TokenQuery.all());
  }

  /** Lists the tokens that match a query, like {@link #list()}. */
  public Stream<Token> list(TokenQuery query) {
    return Paging.stream(after -> attempt(() -> store.list(query, after, Paging.PAGE_SIZE)))
        .map(this::token);
  }

  /**
   * Lists one page of the tokens that match a query, in ascending order of id: the first tokens whose id is greater than {@code
   * afterId}.
   *
   * @param afterId the id of the last token of the page before; 0 for the first page
   * @param limit the maximum number of tokens, at least 1. If there are fewer on the page, no token follows
   * @throws IllegalArgumentException if the limit is not positive
   */
  public List<Token> list(TokenQuery query, long afterId, int limit) {
    Paging.requirePositive(limit);
    return attempt(() -> store.list(query, afterId, limit)).stream()
        .map(this::token)
        .toList();
  }

  /** Counts the tokens that match a query. Tokens whose rows cannot be read may be counted, too. */
  public long count(TokenQuery query) {
    return attempt(() -> store.count(query));
  }

  private Token token(StoredToken row) {
    return settings.scopes().effective(row.token());
  }

  /** Lists, like {@link #list()}, the tokens that have not expired yet but will expire within that time. */
  public Stream<Token> expiring(Duration within) {
    Instant now = settings.clock().instant();
    return list(TokenQuery.all().expiresAfter(now).expiresBy(LifetimePolicy.after(now, within)));
  }

  /**
   * Lists, like {@link #list()}, the tokens that are known to be unused since that instant. It does not list newer tokens, or
   * tokens whose uses are not recorded.
   */
  public Stream<Token> unused(Instant since) {
    return list(TokenQuery.all().unusedSince(since));
  }

  /**
   * Calls a consumer for each enabled token that will expire within that time, as a rule once per expiry. Call this method at
   * intervals, on every node if you like. A new expiry causes another notice.
   *
   * <p>The consumer runs on the calling thread. After it has returned, this method notes the notice in the store. Until then,
   * for at most 10 minutes, other nodes leave the token out. So if a process ends before that, a later call repeats the notice:
   * there is at least one notice for each expiry, if a call succeeds before it. If the consumer throws, it is called for the
   * other tokens, then this method throws the same exception, and the next call repeats the notice.
   *
   * @param within more than the interval of the calls
   * @return the number of notices that were given
   * @throws IllegalArgumentException if the time is not positive
   */
  public int notifyExpiring(Duration within, Consumer<Token> consumer) {
    if (within.isZero() || within.isNegative()) {
      throw new IllegalArgumentException("within: " + within + " (expected: more than zero)");
    }
    return attempt(() -> notices.give(within, consumer));
  }

  /**
   * Returns whether a token was unused for so long that this manager rejects it now. Does not check whether it is enabled or has
   * expired. Always false without a {@linkplain Builder#maxIdle maximum idle time}, and while this manager cannot record uses.
   */
  public boolean isIdle(Token token) {
    return authenticator.seemsIdle(token, settings.clock().instant());
  }

  /** Returns the {@linkplain Builder#clock clock}, for example for the instants of a {@link TokenQuery}. */
  public Clock clock() {
    return settings.clock();
  }

  /** Returns the {@linkplain Builder#knownScopes known scopes}. */
  public KnownScopes knownScopes() {
    return settings.scopes();
  }

  /**
   * Returns a token as an update would change it now, whether the settings of this manager allow that or not. Changes nothing. A
   * caller compares rights with the result before it calls {@link #update(Token, TokenUpdate)}.
   */
  public Token preview(Token token, TokenUpdate update) {
    return settings.scopes().effective(editor.preview(token, update));
  }

  /** Returns the {@linkplain Builder#maxLifetime maximum lifetime}; empty if there is none. */
  public Optional<Duration> maxLifetime() {
    return settings.lifetimes().longest();
  }

  /**
   * Returns the expiry that was requested for a token, if it is created now: that of {@link NewToken#expiresAt(Instant)}, or the
   * end of the lifetime of {@link NewToken#expiresIn(Duration)} by the clock of this manager. Empty if there is neither. The
   * maximum lifetime does not change it.
   */
  public Optional<Instant> expiryOf(NewToken newToken) {
    return newToken.expiry().instant(settings.clock().instant());
  }

  /** Returns reports for operators. */
  public TokenReports reports() {
    return reports;
  }

  /**
   * Records the uses that are not recorded yet, delivers the waiting events, and ends the threads of this manager. Waits at most
   * 5 seconds for a store that hangs and 5 seconds for listeners that hang. An interrupt does not shorten the wait.
   *
   * <p>Does not close the store. Later uses are not recorded, and later events are not delivered. Everything else keeps working.
   * A second call waits until the first one has ended.
   */
  @Override
  public void close() {
    uses.ifPresent(recorder -> recorder.close(CLOSE_TIMEOUT));
    listeners.close(CLOSE_TIMEOUT);
  }

  /** Builds a manager. For use by one thread. */
  public static final class Builder {
    private static final Duration SHORTEST_INTERVAL = Duration.ofSeconds(1);
    private static final Duration LONGEST_INTERVAL = Duration.ofDays(1);

    private final TokenStore store;
    private final List<TokenListener> listeners = new ArrayList<>();
    private final List<TokenListener> synchronousListeners = new ArrayList<>();
    private String prefix = "cf";
    private Clock clock = Clock.systemUTC();
    private Optional<SecureRandom> random = Optional.empty();
    private PlaintextSyntax syntax = PlaintextSyntax.OWN;
    private Checksums checksums = Checksums.PLAIN;
    private Optional<Instant> plainChecksumEnd = Optional.empty();
    private List<Pepper> peppers = List.of();
    private Optional<Pepper> upcomingPepper = Optional.empty();
    private Optional<Instant> plainHashEnd = Optional.empty();
    private Optional<Duration> maxLifetime = Optional.empty();
    private Optional<Predicate<String>> activeOwners = Optional.empty();
    private boolean overlapEndsAtFirstUse;
    private Optional<Duration> useInterval = Optional.of(Duration.ofMinutes(1));
    private boolean recordsAddresses;
    private Optional<Duration> maxIdle = Optional.empty();
    private OptionalInt maxTokensPerOwner = OptionalInt.empty();
    private KnownScopes scopes = KnownScopes.none();

    private Builder(TokenStore store) {
      this.store = Objects.requireNonNull(store, "store");
    }

    /**
     * Sets the prefix of new tokens, by which people and secret scanners recognise them. The default is {@code cf}. Tokens with
     * another prefix stay valid.
     *
     * @param newPrefix 2 to 20 characters of {@code a-z 0-9 _}, starting with a letter, without a trailing or doubled {@code _}
     * @throws IllegalArgumentException if the prefix does not have that form
     */
    public Builder prefix(String newPrefix) {
      prefix = TokenFormat.checkedPrefix(newPrefix);
      return this;
    }

    /** Sets the clock for creation, expiry and use. The default is the system clock. */
    public Builder clock(Clock newClock) {
      clock = Objects.requireNonNull(newClock, "clock");
      return this;
    }

    /** Adds a listener that is called on a thread of its own. There is none by default. */
    public Builder listener(TokenListener newListener) {
      listeners.add(Objects.requireNonNull(newListener, "listener"));
      return this;
    }

    /**
     * Adds a listener that is called on the thread of the operation, after it and before its caller continues. It is meant for
     * meters: it receives every event and must return at once. Exceptions are logged, at most once per second. There is none by
     * default.
     */
    public Builder synchronousListener(TokenListener newListener) {
      synchronousListeners.add(Objects.requireNonNull(newListener, "listener"));
      return this;
    }

    /**
     * Sets the interval at which the last use of a token is recorded. The default is 1 minute. {@link Token#lastUsedAt} may be
     * late by this interval. If the process is killed, uses that are not recorded yet are lost.
     *
     * @param interval 1 second to 1 day
     * @throws IllegalArgumentException if the interval is out of range
     */
    public Builder recordUses(Duration interval) {
      if (interval.compareTo(SHORTEST_INTERVAL) < 0 || interval.compareTo(LONGEST_INTERVAL) > 0) {
        throw new IllegalArgumentException("interval: " + interval + " (expected: "
            + SHORTEST_INTERVAL + " to " + LONGEST_INTERVAL + ')');
      }
      useInterval = Optional.of(interval);
      return this;
    }

    /** Records no uses and starts no thread for them. */
    public Builder recordNoUses() {
      useInterval = Optional.empty();
      return this;
    }

    /**
     * Records the address from which a token was last used, too, for {@link Token#lastUsedFrom}. By default it is not recorded,
     * because an address may be personal data.
     *
     * @throws IllegalArgumentException from {@link #build} if uses are not recorded
     */
    public Builder recordAddresses() {
      recordsAddresses = true;
      return this;
    }

    /**
     * Rejects tokens that were unused for that long ({@link Verdict.Reason#IDLE}). Idle time counts from the latest of creation,
     * recorded use, rotation, update and enabling, so each of the last three makes an idle token valid again. There is no limit by
     * default.
     *
     * <p>A use counts even if it is recorded late: a token is rejected only after the interval of {@link #recordUses} and the
     * staleness bound of the cache have passed, too. A use that is never recorded does not count, for example because the process
     * was killed. All nodes need the same interval and synchronized clocks. While the store fails to record uses, this manager
     * rejects no token for its idle time; before it rejects the first one, it asks the store to record a use of no token. A token
     * whose uses were not recorded when it was created is rejected only after a use has been recorded. Record uses for at
     * least this time before you set a limit. {@link TokenManager#recheck} does not check the idle time.
     *
     * @param time at least 10 times the interval of {@link #recordUses} plus the staleness bound of the cache, at most 36,500 days
     * @throws IllegalArgumentException from {@link #build} if the time is out of range, or uses are not recorded
     */
    public Builder maxIdle(Duration time) {
      maxIdle = Optional.of(time);
      return this;
    }

    /**
     * Limits the number of tokens of each owner, expired and disabled ones included: no more can be created or imported. All tokens
     * without an owner count together. If several tokens are created at the same time, each of these calls may exceed the limit by
     * one token. There is no limit by default.
     *
     * @param limit at least 1
     * @throws IllegalArgumentException if the limit is not positive
     */
    public Builder maxTokensPerOwner(int limit) {
      if (limit < 1) {
        throw new IllegalArgumentException(
            "maxTokensPerOwner: " + limit + " (expected: at least 1)");
      }
      maxTokensPerOwner = OptionalInt.of(limit);
      return this;
    }

    /**
     * Sets the scopes that tokens may have. A token with any other scope cannot be created or imported, and no token can be
     * updated to have one. Name the scopes of your routes and of your {@code ManagementPolicy}, too. Existing tokens keep their
     * scopes until their scopes are updated. By default, every scope is allowed, and none implies another.
     */
    public Builder knownScopes(KnownScopes known) {
      scopes = Objects.requireNonNull(known, "known");
      return this;
    }

    /**
     * Limits the lifetime of tokens. A token that would live longer than this from now on cannot be created, imported or
     * rotated, and no token can be updated to live longer. An expiry that exceeds the limit by at most one minute is allowed,
     * because clocks differ: a new token then gets the limit. A token without expiry can be created or imported only with
     * {@link NewToken#neverExpires}, and an expiry can be removed only with {@link TokenUpdate#neverExpires}. There is no limit
     * by default. Existing tokens stay valid. An existing token without expiry can be rotated, because a rotation does not
     * extend its lifetime.
     *
     * @throws IllegalArgumentException if the lifetime is not positive
     */
    public Builder maxLifetime(Duration lifetime) {
      if (lifetime.isZero() || lifetime.isNegative()) {
        throw new IllegalArgumentException(
            "maxLifetime: " + lifetime + " (expected: more than zero)");
      }
      maxLifetime = Optional.of(lifetime);
      return this;
    }

    /**
     * Sets a check that decides whether the owner of a token is active. If the owner is not active, the token is rejected. By
     * default every owner is active.
     *
     * <p>The check is also called for tokens without an owner. It runs on every authentication of a token that is otherwise
     * valid, so it must be fast. If it throws, {@link TokenManager#authenticate} throws a {@link TokenStoreException} with that
     * cause.
     */
    public Builder activeOwners(Predicate<String> isActive) {
      activeOwners = Optional.of(Objects.requireNonNull(isActive, "isActive"));
      return this;
    }

    /**
     * Ends the overlap of a rotation early, at the first use of the new plaintext. By default the old plaintext stays valid until
     * the end of the overlap. If the store fails to end it, a use at least 1 minute later tries again.
     */
    public Builder endOverlapAtFirstUse() {
      overlapEndsAtFirstUse = true;
      return this;
    }

    /**
     * Sets the peppers, and replaces those that were set before. New hashes are made with the first pepper. Hashes with any of
     * these peppers and hashes without a pepper are accepted. A hash with an older pepper or without a pepper is replaced at the
     * next use of its token. If the store fails to replace it, a use at least 1 minute later tries again. There is no pepper by
     * default.
     *
     * <p>A node that does not know a pepper rejects the tokens that another node has hashed with it. If several nodes share a
     * store, add a new pepper in two steps. First, set it as the {@linkplain #upcomingPepper upcoming} pepper on all nodes. Then
     * make it the first pepper on all nodes.
     *
     * @throws IllegalArgumentException from {@link #build} if two peppers have the same name, or the first one has an end
     */
    public Builder peppers(Pepper present, Pepper... older) {
      List<Pepper> all = new ArrayList<>();
      all.add(present);
      all.addAll(List.of(older));
      peppers = List.copyOf(all);
      return this;
    }

    /**
     * Accepts hashes that other nodes already make with this pepper, and does not replace them. There is no upcoming pepper by
     * default.
     */
    public Builder upcomingPepper(Pepper pepper) {
      upcomingPepper = Optional.of(pepper);
      return this;
    }

    /**
     * Sets when hashes without a pepper stop being accepted. By default they are always accepted. An attacker who can write to
     * the store can then insert a hash of their own plaintext. {@link TokenReports#countByPepper} returns how many tokens still
     * have such a hash.
     *
     * @throws IllegalArgumentException from {@link #build} if there is no pepper
     */
    public Builder plainHashesUntil(Instant end) {
      plainHashEnd = Optional.of(end);
      return this;
    }

    /**
     * Sets keys for the checksums of tokens, and replaces those that were set before. A flood of forged tokens is then rejected
     * before the store is queried: only 1 in 50 billion forged tokens has a correct checksum. By default there is no key, and
     * anybody can compute a correct checksum. A key reveals nothing about secrets: an attacker who has it still has to guess the
     * 256 random bits.
     *
     * <p>A node that does not know a key rejects the tokens that another node has made with it. If there are several nodes, add a
     * new key in two steps. First, set it as an older key on all nodes. Then make it the present key on all nodes. Foreign
     * plaintexts have no checksum: if a manager {@linkplain #acceptForeign accepts them}, forged texts of the same length still
     * reach the store.
     *
     * @param present the key for new tokens: at least 32 random bytes, which are copied
     * @param older further keys; checksums that were made with them are accepted
     * @throws IllegalArgumentException if a key has fewer than 32 bytes
     */
    public Builder checksumKeys(byte[] present, byte[]... older) {
      List<byte[]> all = new ArrayList<>();
      all.add(present);
      all.addAll(List.of(older));
      checksums = Checksums.keyed(all);
      return this;
    }

    /**
     * Sets when checksums without a key stop being accepted. Tokens that were created before there was a key have such checksums:
     * rotate them before that instant. By default such checksums are always accepted. Existing tokens then stay valid, but forged
     * tokens with such checksums reach the store.
     *
     * @throws IllegalArgumentException from {@link #build} if there is no key
     */
    public Builder plainChecksumsUntil(Instant end) {
      plainChecksumEnd = Optional.of(end);
      return this;
    }

    /**
     * Accepts plaintexts of other systems that were {@linkplain TokenManager#importHashed imported}. They consist of letters,
     * digits and {@code - . _ ~ + /}, followed by any number of {@code =} (RFC 6750 section 2.1). By default none are accepted. A
     * foreign plaintext has no checksum, so each one costs a query of the store.
     *
     * @param shortest the minimum number of characters, at least 20
     * @param longest the maximum number of characters, at most 256
     * @throws IllegalArgumentException if a length is out of range
     */
    public Builder acceptForeign(int shortest, int longest) {
      syntax = syntax.withForeign(shortest, longest);
      return this;
    }

    /** For tests that count the calls of the random generator or make it fail. */
    Builder random(SecureRandom newRandom) {
      random = Optional.of(newRandom);
      return this;
    }

    /**
     * Builds the manager.
     *
     * @throws IllegalArgumentException if settings contradict each other
     * @throws IllegalStateException if the JVM has no SHA-256 or no HMAC-SHA-256
     */
    public TokenManager build() {
      if (recordsAddresses && useInterval.isEmpty()) {
        throw new IllegalArgumentException(
            "recordAddresses: true (expected: a manager that records uses)");
      }
      Checksums accepted = plainChecksumEnd.map(checksums::plainUntil).orElse(checksums);
      Settings settings = new Settings(
          prefix,
          clock,
          random.orElseGet(SecureRandom::new),
          syntax.withChecksums(accepted),
          new TokenHasher(plainHashEnd, peppers, upcomingPepper),
          new LifetimePolicy(maxLifetime),
          activeOwners,
          overlapEndsAtFirstUse,
          useInterval,
          maxIdle.map(this::idlePolicy),
          maxTokensPerOwner,
          scopes);
      Listeners all = new Listeners(synchronousListeners, listeners);
      return new TokenManager(
          store,
          settings,
          all,
          useInterval.map(
              interval -> new UseRecorder(store, clock, interval, recordsAddresses, all)));
    }

    private IdlePolicy idlePolicy(Duration time) {
      if (useInterval.isEmpty()) {
        throw new IllegalArgumentException(
            "maxIdle: " + time + " (expected: a manager that records uses)");
      }
      Duration shortest = useInterval.get().multipliedBy(10).plus(store.stalenessBound());
      if (time.compareTo(shortest) < 0 || time.compareTo(RequestedExpiry.LONGEST_LIFETIME) > 0) {
        throw new IllegalArgumentException("maxIdle: " + time + " (expected: at least " + shortest
            + ", which is 10 intervals of recordUses and the staleness bound of the store, and at most "
            + RequestedExpiry.LONGEST_LIFETIME + ')');
      }
      return new IdlePolicy(time, useInterval.get().plus(store.stalenessBound()));
    }
  }
}
