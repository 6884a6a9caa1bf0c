package io.counterfoil;

import java.net.InetAddress;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Decides whether a presented plaintext is accepted. */
final class TokenAuthenticator {
  /** The reasons that an update of the token can remove. */
  private static final Set<Verdict.Reason> RENEWABLE =
      Set.of(Verdict.Reason.EXPIRED, Verdict.Reason.IDLE, Verdict.Reason.ADDRESS_NOT_ALLOWED);

  private final TokenStore store;
  private final Settings settings;
  private final Optional<UseRecorder> uses;
  private final RowUpdates updates;

  TokenAuthenticator(
      TokenStore store, Settings settings, Listeners listeners, Optional<UseRecorder> uses) {
    this.store = store;
    this.settings = settings;
    this.uses = uses;
    this.updates = new RowUpdates(store, settings, listeners);
  }

  boolean looksLikeToken(String text) {
    if (settings.syntax().acceptsForeign()) {
      throw new IllegalStateException(
          "the manager accepts foreign plaintexts (expected: a manager without acceptForeign)");
    }
    return text.startsWith(settings.prefix() + '_') || settings.syntax().recognizes(text);
  }

  /** Together with {@link #judge}, this method has every reason to reject a presented plaintext. */
  Verdict authenticate(@Nullable String presented, Supplier<Optional<InetAddress>> address) {
    return authenticate(presented, address, token -> true);
  }

  /**
   * Authenticates like {@link #authenticate(String, Supplier)}, among those tokens only for which the predicate is true. The
   * others are unknown: this method records nothing about them.
   */
  Verdict authenticate(
      @Nullable String presented,
      Supplier<Optional<InetAddress>> address,
      Predicate<Token> isKnown) {
    if (presented == null || !settings.syntax().accepts(presented, settings.clock())) {
      return Verdict.Rejected.MALFORMED;
    }

    List<TokenHash> hashes = settings.hasher().acceptedHashes(presented, settings.clock());
    Optional<StoredToken> found = store.findByHash(hashes).filter(row -> isKnown.test(row.token()));
    if (found.isEmpty()) {
      return Verdict.Rejected.UNKNOWN;
    }
    Judged judged = judgePresent(found.get(), hashes, address);
    if (!(judged.verdict() instanceof Verdict.Accepted accepted)) {
      return judged.verdict();
    }
    StoredToken row = judged.row();
    Instant now = judged.now();
    TokenHash matched = accepted.byPrevious() ? row.previous().orElseThrow().hash() : row.hash();
    boolean isOutdated = settings.hasher().isOutdated(matched);
    Optional<StoredToken> duplicate = isOutdated && !updates.isKnownUnique(row, matched, now)
        ? duplicate(row, matched, hashes)
        : Optional.empty();
    if (duplicate.filter(other -> RowHashes.haveLeaked(other, hashes)).isPresent()) {
      return rejected(row, Verdict.Reason.LEAKED);
    }
    if (uses.isPresent()) {
      uses.get().record(row.id(), now, address);
    }
    if (!accepted.byPrevious()) {
      updates.update(row, now, presented, isOutdated && duplicate.isEmpty());
    }
    return accepted;
  }

  /**
   * A verdict, with the row that was judged.
   *
   * @param now the time of the judgement
   */
  private record Judged(StoredToken row, Instant now, Verdict verdict) {}

  /**
   * Judges a row. If a cache has returned an old row, and an update would have made the token valid, it judges the present row. So a
   * cache never causes a rejection.
   */
  private Judged judgePresent(
      StoredToken row, List<TokenHash> hashes, Supplier<Optional<InetAddress>> address) {
    Judged judged = judgeNow(row, hashes, address);
    return judged.verdict() instanceof Verdict.Rejected rejected
            && RENEWABLE.contains(rejected.reason())
            && !store.stalenessBound().isZero()
        ? store
            .findById(row.id())
            .filter(present -> present.revision() != row.revision())
            .map(present -> judgeNow(present, hashes, address))
            .orElse(judged)
        : judged;
  }

  private Judged judgeNow(
      StoredToken row, List<TokenHash> hashes, Supplier<Optional<InetAddress>> address) {
    // The clock is read after the query, so that a slow store cannot cause an expired token to be
    // accepted.
    Instant now = settings.clock().instant();
    return new Judged(row, now, judge(row, hashes, now, true, address));
  }

  /**
   * Checks a plaintext again that was accepted before. Reads the row by its id, because no cache answers such a read. Does not
   * check the address again. Does not check the idle time: the use that was accepted may not be recorded yet.
   */
  Verdict recheck(Verdict.Accepted accepted) {
    Optional<StoredToken> row = store.findById(accepted.token().id());
    Instant now = settings.clock().instant();
    return row.isPresent()
        ? judge(row.get(), accepted.hashes(), now, false, Optional::empty)
        : Verdict.Rejected.UNKNOWN;
  }

  /** @param isUse whether the plaintext is used now, so that the idle time and the address count */
  private Verdict judge(
      StoredToken row,
      List<TokenHash> hashes,
      Instant now,
      boolean isUse,
      Supplier<Optional<InetAddress>> address) {
    // The hashes are compared again, because the store's column may compare loosely, or the row may
    // have another tag.
    Optional<TokenHash> hash = RowHashes.matching(row, hashes, now);
    if (hash.isEmpty() || !settings.hasher().isAccepted(hash.get(), settings.clock())) {
      return RowHashes.haveLeaked(row, hashes)
          ? rejected(row, Verdict.Reason.LEAKED)
          : Verdict.Rejected.UNKNOWN;
    }

    if (!row.enabled()) {
      return rejected(row, Verdict.Reason.DISABLED);
    }
    if (row.isExpired(now)) {
      return rejected(row, Verdict.Reason.EXPIRED);
    }
    if (isUse && isIdle(row.token(), now)) {
      return rejected(row, Verdict.Reason.IDLE);
    }
    if (isUse && !isAddressAllowed(row.allowedAddresses(), address)) {
      return rejected(row, Verdict.Reason.ADDRESS_NOT_ALLOWED);
    }
    if (!isOwnerActive(row.owner())) {
      return rejected(row, Verdict.Reason.OWNER_INACTIVE);
    }
    boolean byPrevious = !hash.get().equals(row.hash());
    return new Verdict.Accepted(
        settings.scopes().effective(row.token()),
        byPrevious,
        byPrevious ? earlier(row.previous().orElseThrow().until(), row) : row.expiresAt(),
        hashes);
  }

  /** A rotation never lets an overlap outlive the token, but a later update may give the token an earlier expiry. */
  private static Optional<Instant> earlier(Instant until, StoredToken row) {
    return Optional.of(row.expiresAt().filter(until::isAfter).orElse(until));
  }

  /**
   * Returns another token with this plaintext. There is one if the plaintext was imported again after the hash of the first token
   * had been replaced by one with a pepper.
   */
  private Optional<StoredToken> duplicate(
      StoredToken row, TokenHash matched, List<TokenHash> hashes) {
    List<TokenHash> others =
        hashes.stream().filter(hash -> !hash.equals(matched)).toList();
    return others.isEmpty()
        ? Optional.empty()
        : store.findByHash(others).filter(other -> other.id() != row.id());
  }

  private static Verdict rejected(StoredToken row, Verdict.Reason reason) {
    return new Verdict.Rejected(reason, OptionalLong.of(row.id()));
  }

  /** While this node cannot record uses, other nodes may not be able to either, so a token may seem unused. */
  private boolean isIdle(Token token, Instant now) {
    return seemsIdle(token, now) && uses.filter(UseRecorder::isRecording).isPresent();
  }

  /** Like {@link #isIdle}, but does not ask the store whether it records uses. */
  boolean seemsIdle(Token token, Instant now) {
    return settings.idle().isPresent()
        && settings.idle().get().isIdle(token, now)
        && uses.filter(recorder -> !recorder.isFailing() && !recorder.isWaiting(token.id()))
            .isPresent();
  }

  /** An unknown address is in no range. */
  private static boolean isAddressAllowed(
      Set<String> allowed, Supplier<Optional<InetAddress>> address) {
    if (allowed.isEmpty()) {
      return true;
    }
    Optional<InetAddress> known = address.get();
    return known.isPresent() && allowed.stream().anyMatch(range -> isInRange(known.get(), range));
  }

  /** If a newer version of the library wrote a range that this version cannot read, the range contains no address. */
  private static boolean isInRange(InetAddress address, String range) {
    try {
      return AddressRange.parse(range).contains(address);
    } catch (IllegalArgumentException unknown) {
      return false;
    }
  }

  /** If the host's check throws, this is a failure like that of a store. It is not a verdict. */
  private boolean isOwnerActive(String owner) {
    try {
      return settings.activeOwners().isEmpty() || settings.activeOwners().get().test(owner);
    } catch (RuntimeException failure) {
      throw new TokenStoreException(
          "cannot determine whether the owner of a token is active", failure);
    }
  }
}
