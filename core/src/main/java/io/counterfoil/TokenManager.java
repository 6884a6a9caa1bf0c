package io.counterfoil;

import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

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
  private static final Logger LOG = LoggerFactory.getLogger(TokenManager.class);

  private final TokenStore store;
  private final String prefix;
  private final Clock clock;
  private final Hasher hasher;
  private final PlaintextShape shape;
  private final Predicate<String> activeOwners;
  private final boolean overlapEndsAtFirstUse;
  private final Issuer issuer;
  private final Listeners listeners;
  private final Optional<UseRecorder> uses;

  private TokenManager(Builder builder) {
    this.store = builder.store;
    this.prefix = builder.prefix;
    this.clock = builder.clock;
    this.hasher = new Hasher(builder.peppers);
    this.shape = builder.shape;
    this.activeOwners = builder.activeOwners;
    this.overlapEndsAtFirstUse = builder.overlapEndsAtFirstUse;
    this.issuer = new Issuer(builder, hasher);
    this.listeners = new Listeners(builder.listeners);
    this.uses = builder.useInterval.map(
        interval -> new UseRecorder(store, interval, listeners::usesDropped));
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
   * verdict, never an exception.
   */
  public Verdict authenticate(String presented) {
    Verdict verdict = judge(presented);
    if (verdict instanceof Verdict.Accepted accepted) {
      listeners.accepted(accepted.token());
    } else if (verdict instanceof Verdict.Rejected rejected) {
      listeners.rejected(rejected);
    }
    return verdict;
  }

  private Verdict judge(String presented) {
    if (!shape.fits(presented)) {
      return Verdict.Rejected.MALFORMED;
    }
    List<TokenHash> candidates = hasher.candidates(presented, clock.instant());
    Optional<StoredToken> found = store.findByHash(candidates);
    Instant now = clock.instant();
    // The store's word is not enough: its column may compare loosely, its row have another tag.
    Optional<TokenHash> key = found.flatMap(row -> row.openedBy(candidates, now));
    if (found.isEmpty() || key.isEmpty()) {
      return Verdict.Rejected.UNKNOWN;
    }
    StoredToken row = found.get();
    Optional<Verdict.Reason> objection = objection(row, now);
    if (objection.isPresent()) {
      return new Verdict.Rejected(objection.get(), OptionalLong.of(row.id()));
    }
    noteUse(row, key.get(), presented, now);
    return new Verdict.Accepted(row.token());
  }

  private Optional<Verdict.Reason> objection(StoredToken row, Instant now) {
    if (!row.enabled()) {
      return Optional.of(Verdict.Reason.DISABLED);
    }
    if (row.isExpired(now)) {
      return Optional.of(Verdict.Reason.EXPIRED);
    }
    if (!row.allowedAddresses().isEmpty()) { // no address is known here, so none of them can match
      return Optional.of(Verdict.Reason.ADDRESS_NOT_ALLOWED);
    }
    return isOwnerActive(row) ? Optional.empty() : Optional.of(Verdict.Reason.OWNER_INACTIVE);
  }

  /** That nobody can say is no verdict, as where the store fails. */
  private boolean isOwnerActive(StoredToken row) {
    try {
      return activeOwners.test(row.owner());
    } catch (RuntimeException failure) {
      throw new TokenStoreException("whether the owner of a token is active is not known", failure);
    }
  }

  /** What an accepted plaintext changes is not worth refusing it for: what fails here is tried again at the next use. */
  private void noteUse(StoredToken row, TokenHash key, String presented, Instant now) {
    uses.ifPresent(recorder -> recorder.used(row.id(), now));
    Optional<TokenHash> previous = row.livingPrevious(now);
    if (previous.filter(key::equals).isPresent()) {
      listeners.previousAccepted(row.token());
      return;
    }
    try {
      if (overlapEndsAtFirstUse && previous.isPresent()) {
        store.endPrevious(row.id(), previous.get(), now);
      }
      if (!hasher.isPresentKind(key)) {
        store.rehash(row.id(), key, hasher.hash(presented));
      }
    } catch (TokenStoreException failure) {
      LOG.warn(
          "An accepted token was not brought up to date; its next use will try again", failure);
    }
  }

  /**
   * Says which token has or had this plaintext, enabled or not, expired or not; for whoever finds one where it should not be.
   * Counts as no use and is told to no listener.
   */
  public Optional<Token> identify(String plaintext) {
    if (!shape.fits(plaintext)) {
      return Optional.empty();
    }
    List<TokenHash> hashes = hasher.everyHash(plaintext);
    return store.findByHash(hashes).filter(row -> row.knows(hashes)).map(StoredToken::token);
  }

  /** Finds the token with this id. */
  public Optional<Token> find(long id) {
    return store.findById(id).map(StoredToken::token);
  }

  /** Finds the token of that owner with this name. */
  public Optional<Token> find(String owner, String name) {
    return store.findByName(owner, name).map(StoredToken::token);
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
    Instant now = clock.instant();
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
        row -> store.setEnabled(id, true),
        row -> listeners.enabled(row.switched(true).token()));
  }

  /** Disables a token: it is rejected from now on, until it is enabled; false if there is no such token. */
  public boolean disable(long id) {
    return change(
        id,
        row -> store.setEnabled(id, false),
        row -> listeners.disabled(row.switched(false).token()));
  }

  /** Disables every token of every owner, and returns how many were enabled. */
  public int disableAll() {
    int count = store.disableAll();
    listeners.allDisabled(count);
    return count;
  }

  /** Disables every token of one owner, and returns how many were enabled. */
  public int disableAll(String owner) {
    int count = store.disableOwnedBy(owner);
    listeners.ownerDisabled(owner, count);
    return count;
  }

  /**
   * Gives a token a new plaintext. Id, name, owner, scopes, expiry and whether it is enabled stay as they are.
   *
   * <p>The plaintext before goes on being accepted for the time of the overlap, but never beyond the expiry of the token; with
   * an overlap of zero it is rejected at once. The one before that is rejected from now on: there are never more than two.
   *
   * @return empty if there is no such token, or another rotation of it came first; nothing is changed then
   * @throws IllegalArgumentException if the overlap is negative, the token has expired, or lives longer than the manager allows;
   *     nothing is changed
   */
  public Optional<CreatedToken> rotate(long id, Duration overlap) {
    return rotated(store.findById(id), overlap);
  }

  /** Gives the token of that owner with this name a new plaintext, like {@link #rotate(long, Duration)}. */
  public Optional<CreatedToken> rotate(String owner, String name, Duration overlap) {
    return rotated(store.findByName(owner, name), overlap);
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
    return change(id, row -> store.delete(id), row -> listeners.deleted(row.token()));
  }

  /** Deletes every token of one owner for ever, and returns how many there were. */
  public int deleteAll(String owner) {
    int count = store.deleteOwnedBy(owner);
    listeners.ownerDeleted(owner, count);
    return count;
  }

  /**
   * Deletes tokens that had expired before an instant, and returns how many; call it until it returns fewer than the limit.
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

  /** The row is read first so that listeners hear the name too; whether there was one to change, the change itself says. */
  private boolean change(long id, Predicate<StoredToken> change, Consumer<StoredToken> event) {
    Optional<StoredToken> changed = store.findById(id).filter(change);
    changed.ifPresent(event);
    return changed.isPresent();
  }

  /**
   * Records the uses that are not recorded yet, tells listeners what they have not heard yet, and ends the threads of this
   * manager; waits some seconds for a store or a listener that hangs, and then gives up on it. Does not close the store. Later
   * uses are not recorded and later events not told; everything else goes on working. A second call does nothing.
   */
  @Override
  public void close() {
    uses.ifPresent(UseRecorder::close);
    listeners.close();
  }

  /** Says how a manager is to work, before there is one. For use by one thread. */
  public static final class Builder {
    private static final Duration SHORTEST_INTERVAL = Duration.ofSeconds(1);

    final TokenStore store;
    private final List<TokenListener> listeners = new ArrayList<>();
    private List<Pepper> peppers = List.of();
    private PlaintextShape shape = PlaintextShape.OWN;
    private Predicate<String> activeOwners = owner -> true;
    private boolean overlapEndsAtFirstUse;
    String prefix = "cf";
    Clock clock = Clock.systemUTC();
    SecureRandom random = new SecureRandom();
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
     * @throws IllegalArgumentException if it is less than a second
     */
    public Builder recordUses(Duration interval) {
      if (interval.compareTo(SHORTEST_INTERVAL) < 0) {
        throw new IllegalArgumentException(
            "interval: " + interval + " (expected: at least " + SHORTEST_INTERVAL + ')');
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
     * Refuses tokens that live longer from now on, whether created, imported or rotated, and those without expiry unless they
     * are asked for by {@link NewToken#neverExpires}. By default there is no limit. What a token has already is not touched.
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
      activeOwners = Objects.requireNonNull(isActive, "isActive");
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
     * Makes hashes with peppers: new ones with the first, and accepts those of all of them, and those made with none. A hash
     * that is not of the first is replaced at the next use of its token. By default there is none.
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

    /**
     * Accepts plaintexts too that other systems have made and {@link TokenManager#importHashed} has taken over: of so many
     * characters, which are letters, digits and {@code - . _ ~ + / =}. By default none; and nobody knows of these without
     * asking the store that they are none.
     *
     * @throws IllegalArgumentException if the shortest has less than 20, the longest more than 256 characters
     */
    public Builder acceptForeign(int shortest, int longest) {
      shape = PlaintextShape.foreign(shortest, longest);
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
     * @throws IllegalArgumentException if peppers do not fit together
     * @throws IllegalStateException if the JVM has no SHA-256, or no HMAC-SHA-256
     */
    public TokenManager build() {
      return new TokenManager(this);
    }
  }
}
