package io.counterfoil;

import java.net.InetAddress;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * Creates, authenticates, disables, rotates and deletes API tokens.
 *
 * <p>A plaintext is in the answer of {@link #create} or {@link #rotate} and nowhere else; the store keeps its hash. A disable
 * or delete that has returned is in force: nothing that begins later is accepted, on any node. Every method throws {@link
 * TokenStoreException} when the store fails, which says nothing about the token: it is neither accepted nor rejected.
 *
 * <p>Safe for use by many threads, virtual ones too. The first use of a token starts a thread that records uses, the first
 * event one for each listener; {@link #close} ends them.
 */
public final class TokenManager implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private final TokenStore store;
  private final String prefix;
  private final Clock clock;
  private final Issuer issuer;
  private final Judge judge;
  private final Leaks leaks;
  private final Listeners listeners;
  private final Optional<UseRecorder> uses;

  private TokenManager(Builder builder) {
    this.store = builder.store;
    this.prefix = builder.prefix;
    this.clock = builder.clock;
    this.listeners = new Listeners(builder.listeners);
    this.uses = builder.useInterval.map(
        interval -> new UseRecorder(store, interval, listeners::usesDropped));
    Checksums checksums = builder.plainChecksumEnd.isPresent()
        ? builder.checksums.plainUntil(builder.plainChecksumEnd.get())
        : builder.checksums;
    Hasher hasher = new Hasher(
        builder.shape.with(checksums), builder.plainEnd, builder.peppers, builder.upcoming);
    this.issuer = new Issuer(builder, hasher, checksums);
    this.judge = new Judge(builder, hasher, listeners, uses);
    this.leaks = new Leaks(store, judge, listeners);
  }

  /** Returns a builder of a manager whose tokens are kept in that store. */
  public static Builder builder(TokenStore store) {
    return new Builder(store);
  }

  /**
   * Creates an enabled token.
   *
   * @throws DuplicateTokenNameException if the owner has a token of that name; nothing is changed
   * @throws IllegalArgumentException if the expiry is not in the future, or the manager allows no such token; nothing is changed
   */
  public CreatedToken create(NewToken wish) {
    CreatedToken created = issuer.create(wish);
    listeners.created(created.token());
    return created;
  }

  /**
   * Takes a token over from another system by the SHA-256 of its plaintext, so that plaintexts in the field keep working. If
   * they do not look like tokens of this library, they are accepted only by a manager that {@linkplain
   * Builder#acceptForeign accepts foreign ones}. The hash itself, presented as a plaintext, opens nothing.
   *
   * @param sha256 64 hexadecimal digits, in either case
   * @param createdAt when the other system created it
   * @throws DuplicateTokenNameException if the owner has a token of that name; nothing is changed
   * @throws IllegalArgumentException if the digits are not so many, the time of creation is not from 1970 to now, or the manager
   *     allows no such token; an expiry that is over is kept
   */
  public Token importHashed(NewToken wish, String sha256, boolean enabled, Instant createdAt) {
    Token token = issuer.importHashed(wish, sha256, enabled, createdAt);
    listeners.created(token);
    return token;
  }

  /**
   * Judges what a caller presents.
   *
   * <p>Costs at most one query of the store, and none if shape or checksum are wrong. Text of any length and content gets a
   * verdict, never an exception. A token that is bound to addresses is rejected here, where none is known.
   */
  public Verdict authenticate(String presented) {
    return authenticate(presented, Optional::empty);
  }

  /**
   * Judges what a caller presents, like {@link #authenticate(String)}, and from where.
   *
   * @param from the address of the caller: that of the socket, or what a proxy says that is known to say the truth
   */
  public Verdict authenticate(String presented, InetAddress from) {
    Optional<InetAddress> known = Optional.of(from);
    return authenticate(presented, () -> known);
  }

  /**
   * Judges what a caller presents, like {@link #authenticate(String)}, and from where, which is asked only if the token is bound to
   * addresses: to find it out may cost more than all the rest.
   *
   * @param from says the address of the caller, or nothing where it is not known; what it throws is thrown on
   */
  public Verdict authenticate(String presented, Supplier<Optional<InetAddress>> from) {
    Verdict verdict = judge.verdict(presented, from);
    if (verdict instanceof Verdict.Accepted accepted) {
      listeners.accepted(accepted.token());
    } else if (verdict instanceof Verdict.Rejected rejected) {
      listeners.rejected(rejected);
    }
    return verdict;
  }

  /**
   * Says which token has this plaintext, or had it before its last rotation, enabled or not, expired or not; for whoever finds
   * one where it should not be. Counts as no use and is told to no listener. Text of any length and content has an answer.
   */
  public Optional<Token> identify(String plaintext) {
    return judge.identify(judge.everyHash(plaintext)).map(StoredToken::token);
  }

  /**
   * Ends a plaintext that was found where it should not be. If it is the present one of a token, that is disabled: {@linkplain
   * #rotate(long, Duration) rotate} it, with no overlap, before it is enabled again. If a rotation has replaced it, its overlap
   * ends, and the token goes on with its new one. Once more does no harm. A rotation at the same moment may find its token
   * disabled.
   *
   * @return the token whose it is or was before its last rotation, as it is now; empty if it is nobody's, and nothing is changed
   */
  public Optional<Token> reportLeak(String plaintext) {
    return leaks.end(plaintext);
  }

  /** Finds the token with this id. */
  public Optional<Token> find(long id) {
    return store.findById(id).map(StoredToken::token);
  }

  /**
   * Finds the token of that owner with this name.
   *
   * @throws IllegalArgumentException if there is a U+0000 or an unpaired surrogate in them, as in all that is said of owners
   */
  public Optional<Token> find(String owner, String name) {
    return row(owner, name).map(StoredToken::token);
  }

  private Optional<StoredToken> row(String owner, String name) {
    return store.findByName(findable(owner), Names.findable("name", name));
  }

  private static String findable(String owner) {
    return Names.findable("owner", owner);
  }

  /**
   * Lists the tokens of every owner in ascending order of id: the first page of them is read at once, each other one when the
   * stream comes to it.
   */
  public Stream<Token> list() {
    return rows().map(StoredToken::token);
  }

  /** Lists the tokens of one owner like {@link #list()}. */
  public Stream<Token> list(String owner) {
    findable(owner);
    return Pages.of(after -> store.listOwnedBy(owner, after, Pages.SIZE)).map(StoredToken::token);
  }

  /** Lists, like {@link #list()}, the tokens that are not expired now but will be within that time. */
  public Stream<Token> expiring(Duration within) {
    Instant now = clock.instant();
    Instant end = Lifetimes.after(now, within);
    return list()
        .filter(token ->
            token.expiresAt().filter(at -> at.isAfter(now) && !at.isAfter(end)).isPresent());
  }

  /**
   * Lists, like {@link #list()}, the tokens that were not used since then, as far as is known: younger ones are not among
   * them, nor those whose uses nobody has recorded.
   */
  public Stream<Token> unused(Instant since) {
    return list().filter(token -> token.isUnusedSince(since));
  }

  /**
   * Counts the tokens whose plaintext now depends on a pepper, by the name of that; under the empty name, those that depend on
   * none. A token that was rotated counts for two until the overlap is over. A pepper that is not in there can go.
   */
  public Map<String, Long> countByPepper() {
    Moment now = new Moment(clock);
    Map<String, Long> counts = new TreeMap<>();
    rows()
        .forEach(row -> Stream.concat(Stream.of(row.hash()), row.livingPrevious(now).stream())
            .map(Hasher::pepperOf)
            .distinct()
            .forEach(pepper -> counts.merge(pepper, 1L, Long::sum)));
    return counts;
  }

  private Stream<StoredToken> rows() {
    return Pages.of(after -> store.list(after, Pages.SIZE));
  }

  /** Enables a token; false if there is no such token. */
  public boolean enable(long id) {
    return change(
        id,
        () -> store.setEnabled(id, true),
        row -> listeners.enabled(row.withEnabled(true).token()));
  }

  /** Disables a token: it is rejected from now on, until it is enabled; false if there is no such token. */
  public boolean disable(long id) {
    return change(
        id,
        () -> store.setEnabled(id, false),
        row -> listeners.disabled(row.withEnabled(false).token()));
  }

  /** Disables every token of every owner, and returns how many were enabled. */
  public int disableAll() {
    int count = store.disableAll();
    listeners.allDisabled(count);
    return count;
  }

  /** Disables every token of one owner, and returns how many were enabled. */
  public int disableOwnedBy(String owner) {
    int count = store.disableOwnedBy(findable(owner));
    listeners.ownerDisabled(owner, count);
    return count;
  }

  /**
   * Gives a token a new plaintext. Id, name, owner, scopes, expiry and whether it is enabled stay as they are.
   *
   * <p>The plaintext before goes on being accepted for the time of the overlap, but never beyond the expiry of the token; with
   * an overlap of zero it is rejected at once, whatever the clocks of other nodes say. The one before that is rejected from now
   * on: there are never more than two. Where this throws because the store failed, nobody knows which plaintext counts: disable
   * the token, or rotate it again.
   *
   * @return empty if there is no such token, or another rotation of it came first; nothing is changed then
   * @throws IllegalArgumentException if the overlap is negative, the token has expired, or lives longer than the manager allows
   *     by now; nothing is changed. Such a token is to be deleted, and another created
   */
  public Optional<CreatedToken> rotate(long id, Duration overlap) {
    return rotated(store.findById(id), overlap);
  }

  /** Gives the token of that owner with this name a new plaintext, like {@link #rotate(long, Duration)}. */
  public Optional<CreatedToken> rotate(String owner, String name, Duration overlap) {
    return rotated(row(owner, name), overlap);
  }

  private Optional<CreatedToken> rotated(Optional<StoredToken> row, Duration overlap) {
    if (overlap.isNegative()) {
      throw new IllegalArgumentException("overlap: " + overlap + " (expected: zero or more)");
    }
    Optional<CreatedToken> rotated = row.flatMap(found -> issuer.rotate(found, overlap));
    rotated.ifPresent(created -> listeners.rotated(created.token()));
    return rotated;
  }

  /** Deletes a token for ever; false if there is no such token. */
  public boolean delete(long id) {
    return change(id, () -> store.delete(id), row -> listeners.deleted(row.token()));
  }

  /** Deletes every token of one owner for ever, and returns how many there were. */
  public int deleteOwnedBy(String owner) {
    int count = store.deleteOwnedBy(findable(owner));
    listeners.ownerDeleted(owner, count);
    return count;
  }

  /**
   * Deletes tokens that had expired before an instant, and returns how many; call it until it returns 0.
   *
   * @param limit the most to delete in one call, at least 1: how long others wait for the store depends on it
   * @throws IllegalArgumentException if the limit is less than 1, or the instant lies in the future
   */
  public int deleteExpired(Instant before, int limit) {
    Instant now = clock.instant();
    if (before.isAfter(now)) {
      throw new IllegalArgumentException("before: " + before + " (expected: at most " + now + ')');
    }
    if (limit < 1) {
      throw new IllegalArgumentException("limit: " + limit + " (expected: at least 1)");
    }
    int count = store.deleteExpired(before, limit);
    if (count > 0) {
      listeners.expiredDeleted(count);
    }
    return count;
  }

  /** Returns the regular expression by which secret scanners find the plaintexts that this manager makes. */
  public String scannerPattern() {
    return TokenFormat.pattern(prefix);
  }

  /** Returns a rule of gitleaks, in TOML, that finds the plaintexts that this manager makes. */
  public String gitleaksRule() {
    return """
        [[rules]]
        id = "%1$s-api-token"
        description = "API token that begins with %1$s_"
        regex = '''%2$s'''
        keywords = ["%1$s_"]
        """.formatted(prefix, scannerPattern());
  }

  /**
   * The row is read first, so that listeners hear the name too, where there are any. One that cannot be read is changed all the
   * same: whether there was one, the change itself says.
   */
  private boolean change(long id, BooleanSupplier change, Consumer<StoredToken> event) {
    Optional<StoredToken> row = listeners.areNone() ? Optional.empty() : readable(id);
    boolean changed = change.getAsBoolean();
    if (changed) {
      row.ifPresent(event);
    }
    return changed;
  }

  private Optional<StoredToken> readable(long id) {
    try {
      return store.findById(id);
    } catch (TokenStoreException failure) {
      Log.ofManager()
          .warn("Token {} cannot be read: no listener will hear what becomes of it", id, failure);
      return Optional.empty();
    }
  }

  /**
   * Records the uses that are not recorded yet, tells listeners what they have not heard yet, and ends the threads of this
   * manager; waits five seconds for a store that hangs, and five for listeners that do, and then gives up on them. An interrupt
   * does not cut that short. Does not close the store. Later uses are not recorded and later events not told; everything else
   * goes on working. A second call waits for the same end.
   */
  @Override
  public void close() {
    uses.ifPresent(recorder -> recorder.end(PATIENCE));
    listeners.end(PATIENCE);
  }

  /** Says how a manager is to work, before there is one. For use by one thread. */
  public static final class Builder {
    private static final Duration SHORTEST_INTERVAL = Duration.ofSeconds(1);
    private static final Duration LONGEST_INTERVAL = Duration.ofDays(1);

    final TokenStore store;
    private final List<TokenListener> listeners = new ArrayList<>();
    private List<Pepper> peppers = List.of();
    private Optional<Pepper> upcoming = Optional.empty();
    private Optional<Instant> plainEnd = Optional.empty();
    private Checksums checksums = Checksums.PLAIN;
    private Optional<Instant> plainChecksumEnd = Optional.empty();
    PlaintextShape shape = PlaintextShape.OWN;
    Optional<Predicate<String>> activeOwners = Optional.empty();
    boolean overlapEndsAtFirstUse;
    String prefix = "cf";
    Clock clock = Clock.systemUTC();
    Optional<SecureRandom> random = Optional.empty();
    Optional<Duration> maxLifetime = Optional.empty();
    Optional<Duration> useInterval = Optional.of(Duration.ofMinutes(1));
    boolean scopesRequired;

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

    /** Chooses the clock that creation, expiry and use go by; the system's by default. */
    public Builder clock(Clock newClock) {
      clock = Objects.requireNonNull(newClock, "clock");
      return this;
    }

    /** Adds a listener; there is none by default. */
    public Builder listener(TokenListener newListener) {
      listeners.add(Objects.requireNonNull(newListener, "listener"));
      return this;
    }

    /**
     * Chooses how often the last use of a token is recorded, at most; each minute by default. {@link Token#lastUsedAt} is late
     * by that much, and what a process that is killed has not recorded is lost.
     *
     * @throws IllegalArgumentException if it is less than a second or more than a day
     */
    public Builder recordUses(Duration interval) {
      if (interval.compareTo(SHORTEST_INTERVAL) < 0 || interval.compareTo(LONGEST_INTERVAL) > 0) {
        throw new IllegalArgumentException("interval: " + interval + " (expected: "
            + SHORTEST_INTERVAL + " to " + LONGEST_INTERVAL + ')');
      }
      useInterval = Optional.of(interval);
      return this;
    }

    /** Records no uses, and starts no thread for it. */
    public Builder recordNoUses() {
      useInterval = Optional.empty();
      return this;
    }

    /**
     * Refuses to create, import or rotate a token that lives longer from now on, and to create or import one without expiry
     * unless that is asked for by {@link NewToken#neverExpires}. By default there is no limit. What a token has already is not
     * touched: one without expiry may be rotated, since it lives no longer by that.
     *
     * @throws IllegalArgumentException if it is not positive
     */
    public Builder maxLifetime(Duration lifetime) {
      if (lifetime.isZero() || lifetime.isNegative()) {
        throw new IllegalArgumentException(
            "maxLifetime: " + lifetime + " (expected: more than zero)");
      }
      maxLifetime = Optional.of(lifetime);
      return this;
    }

    /** Refuses to create or import a token without scopes, which would be unrestricted. By default that is allowed. */
    public Builder requireScopes() {
      scopesRequired = true;
      return this;
    }

    /**
     * Asks, at each authentication of a token that is otherwise good, whether its owner is active: if not, it is rejected. By
     * default every owner is. It is asked for the empty owner too, and must be quick; what it throws is the cause of a {@link
     * TokenStoreException}, and no verdict.
     */
    public Builder activeOwners(Predicate<String> isActive) {
      activeOwners = Optional.of(Objects.requireNonNull(isActive, "isActive"));
      return this;
    }

    /**
     * Ends the overlap of a rotation at the first use of the new plaintext, if that comes before its time. By default the old
     * plaintext lives to the end.
     */
    public Builder endOverlapAtFirstUse() {
      overlapEndsAtFirstUse = true;
      return this;
    }

    /**
     * Makes hashes with peppers: new ones with the first, and accepts those of all of them, and those made with none. A hash of
     * an older one or of none is replaced at the next use of its token. By default there is none. In place of any before.
     *
     * <p>A node that does not know a pepper rejects what another has made with it. Where several nodes share a store, give a new
     * pepper to all of them as the {@linkplain #upcomingPepper upcoming} one first, then make it the first of these.
     *
     * @throws IllegalArgumentException from {@link #build} if two have one name, or the first has an end
     */
    public Builder peppers(Pepper present, Pepper... older) {
      List<Pepper> all = new ArrayList<>();
      all.add(present);
      all.addAll(List.of(older));
      peppers = List.copyOf(all);
      return this;
    }

    /** Accepts hashes too that other nodes make with this pepper already, and leaves them as they are. By default there is none. */
    public Builder upcomingPepper(Pepper pepper) {
      upcoming = Optional.of(pepper);
      return this;
    }

    /**
     * Ends the time in which hashes made with no pepper open anything. By default it has no end, and whoever can write to the
     * store can put a hash into it that opens. {@link TokenManager#countByPepper} says how many tokens still have one.
     *
     * @throws IllegalArgumentException from {@link #build} if there is no pepper
     */
    public Builder plainHashesUntil(Instant end) {
      plainEnd = Optional.of(end);
      return this;
    }

    /**
     * Makes the checksums of new tokens with a key, so that a flood of forged ones is refused before the store is asked: of them
     * one in 50 thousand millions looks good. By default there is none, and anybody can make a token that looks good. Who has the
     * key can do so again, and has no token by that: the secret of one is as random as before. In place of any before.
     *
     * <p>A node that does not know a key refuses the tokens that another makes with it. Where there are several, give a new key to
     * all of them as an older one first, then make it the first. Foreign plaintexts have no checksum: of a manager that accepts them,
     * a forged token of such a length reaches the store.
     *
     * @param present what new tokens are made with: at least 32 random bytes, which are copied
     * @param older what tokens may be made with besides
     * @throws IllegalArgumentException if one has fewer than 32 bytes
     */
    public Builder checksumKeys(byte[] present, byte[]... older) {
      List<byte[]> all = new ArrayList<>();
      all.add(present);
      all.addAll(List.of(older));
      checksums = Checksums.keyed(all);
      return this;
    }

    /**
     * Ends the time in which tokens count whose checksum takes no key, as all do that were made before there was one; rotate them
     * by then. By default it has no end, so that tokens made before keep working, and a flood of forged ones with such checksums
     * comes to the store.
     *
     * @throws IllegalArgumentException from {@link #build} if there is no key
     */
    public Builder plainChecksumsUntil(Instant end) {
      plainChecksumEnd = Optional.of(end);
      return this;
    }

    /**
     * Accepts plaintexts too that other systems have made and {@link TokenManager#importHashed} has taken over: of so many
     * characters, which are letters, digits and {@code - . _ ~ + /}, and any number of {@code =} at the end (RFC 6750 section
     * 2.1). By default none; and nobody knows of these without asking the store that they are none.
     *
     * @throws IllegalArgumentException if the shortest has less than 20, the longest more than 256 characters
     */
    public Builder acceptForeign(int shortest, int longest) {
      shape = PlaintextShape.foreign(shortest, longest);
      return this;
    }

    /** For tests that count or break the source of randomness; a host has no need to choose one. */
    Builder random(SecureRandom newRandom) {
      random = Optional.of(newRandom);
      return this;
    }

    /**
     * Builds the manager.
     *
     * @throws IllegalArgumentException if peppers or checksums do not fit together
     * @throws IllegalStateException if the JVM has no SHA-256, or no HMAC-SHA-256
     */
    public TokenManager build() {
      return new TokenManager(this);
    }
  }
}
