package io.counterfoil;

import java.net.InetAddress;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Predicate;
import java.util.function.Supplier;

/** Says what is to be said of a presented plaintext. */
final class Judge {
  private final TokenStore store;
  private final Clock clock;
  private final Hasher hasher;
  private final Optional<Predicate<String>> activeOwners;
  private final boolean overlapEndsAtFirstUse;
  private final Listeners listeners;
  private final Optional<UseRecorder> uses;
  private final AtomicBoolean isBehind = new AtomicBoolean();

  Judge(
      TokenManager.Builder builder,
      Hasher hasher,
      Listeners listeners,
      Optional<UseRecorder> uses) {
    this.store = builder.store;
    this.clock = builder.clock;
    this.hasher = hasher;
    this.activeOwners = builder.activeOwners;
    this.overlapEndsAtFirstUse = builder.overlapEndsAtFirstUse;
    this.listeners = listeners;
    this.uses = uses;
  }

  Verdict verdict(String presented, Supplier<Optional<InetAddress>> from) {
    List<TokenHash> candidates = hasher.candidates(presented, clock);
    if (candidates.isEmpty()) {
      return Verdict.Rejected.MALFORMED;
    }
    Optional<StoredToken> found = store.findByHash(candidates);
    return found.isPresent()
        ? verdict(found.get(), candidates, from, presented)
        : Verdict.Rejected.UNKNOWN;
  }

  /** The store's word is not enough: its column may compare loosely, its row have another tag. */
  private Verdict verdict(
      StoredToken row,
      List<TokenHash> candidates,
      Supplier<Optional<InetAddress>> from,
      String presented) {
    Moment moment = new Moment(clock);
    TokenHash key = row.openedBy(candidates, moment);
    if (key == null || !hasher.isLiving(key, moment)) {
      return Verdict.Rejected.UNKNOWN;
    }
    Optional<Verdict.Reason> objection = objection(row, from, moment);
    return objection.isPresent()
        ? new Verdict.Rejected(objection.get(), OptionalLong.of(row.id()))
        : accepted(row, key, moment, presented);
  }

  private Verdict accepted(StoredToken row, TokenHash key, Moment moment, String presented) {
    if (uses.isPresent()) {
      uses.get().used(row.id(), moment);
    }
    boolean byPrevious = !key.equals(row.hash());
    if (byPrevious) {
      listeners.previousAccepted(row.token());
    } else {
      bringUpToDate(row, key, moment, presented);
    }
    return new Verdict.Accepted(row.token(), byPrevious);
  }

  private Optional<Verdict.Reason> objection(
      StoredToken row, Supplier<Optional<InetAddress>> from, Moment moment) {
    if (!row.enabled()) {
      return Optional.of(Verdict.Reason.DISABLED);
    }
    if (row.isExpired(moment)) {
      return Optional.of(Verdict.Reason.EXPIRED);
    }
    if (!row.allowedAddresses().isEmpty() && !mayComeFrom(from.get(), row.allowedAddresses())) {
      return Optional.of(Verdict.Reason.ADDRESS_NOT_ALLOWED);
    }
    return isOwnerActive(row) ? Optional.empty() : Optional.of(Verdict.Reason.OWNER_INACTIVE);
  }

  /** Where no address is known, none of them matches. */
  private static boolean mayComeFrom(Optional<InetAddress> from, Set<String> allowed) {
    return from.isPresent() && allowed.stream().anyMatch(range -> contains(range, from.get()));
  }

  /** A range that a newer version wrote, and this one does not read, lets nobody in. */
  private static boolean contains(String range, InetAddress address) {
    try {
      return AddressRange.parse(range).contains(address);
    } catch (IllegalArgumentException unknown) {
      return false;
    }
  }

  /** That nobody can say is no verdict, as where the store fails. */
  private boolean isOwnerActive(StoredToken row) {
    try {
      return activeOwners.isEmpty() || activeOwners.get().test(row.owner());
    } catch (RuntimeException failure) {
      throw new TokenStoreException("whether the owner of a token is active is not known", failure);
    }
  }

  private void bringUpToDate(StoredToken row, TokenHash key, Moment moment, String presented) {
    Optional<TokenHash> previous =
        overlapEndsAtFirstUse ? row.livingPrevious(moment) : Optional.empty();
    boolean endsOverlap = previous.isPresent();
    boolean renewsHash = hasher.isOutOfDate(key);
    if (endsOverlap || renewsHash) {
      attempt(() -> {
        if (endsOverlap) {
          store.endPrevious(row.id(), previous.get(), StoredToken.LONG_AGO);
        }
        if (renewsHash) {
          store.rehash(row.id(), key, hasher.hash(presented));
        }
      });
    }
  }

  /**
   * Changes what an accepted plaintext is to change, which is not worth refusing it for: what fails is tried again at the next
   * use. The log hears of the first failure, and not of those until it works again.
   */
  private void attempt(Runnable change) {
    try {
      change.run();
      isBehind.set(false);
    } catch (RuntimeException failure) {
      if (isBehind.compareAndSet(false, true)) {
        Log.ofManager()
            .warn("An accepted token was not brought up to date; each use will try again", failure);
      }
    }
  }

  /** Returns the row that one of these hashes opens, or did before the last rotation of its token. */
  Optional<StoredToken> identify(List<TokenHash> hashes) {
    return hashes.isEmpty()
        ? Optional.empty()
        : store.findByHash(hashes).filter(row -> row.knows(hashes));
  }

  /** Returns the hashes of a plaintext by every pepper, living or not; none of what is no plaintext. */
  List<TokenHash> everyHash(String plaintext) {
    return hasher.everyHash(plaintext);
  }
}
