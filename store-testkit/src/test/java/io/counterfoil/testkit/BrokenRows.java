package io.counterfoil.testkit;

import io.counterfoil.StoredToken;
import io.counterfoil.TokenStore;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Like {@link BrokenChanges}: stores that do not write and read rows as they are. */
@SuppressWarnings("UnsynchronizedOverridesSynchronized")
final class BrokenRows {
  private BrokenRows() {}

  /** Texts out of which somebody took what does not print. */
  static final class RemovesControlCharacters extends TokenStoreContract {
    @Override
    protected TokenStore emptyStore() {
      return new ModelStore() {
        @Override
        public synchronized long insert(StoredToken token) {
          return super.insert(remade(
              token,
              cleaned(token.owner()),
              cleaned(token.name()),
              token.createdAt(),
              token.trackedSince()));
        }

        @Override
        public List<StoredToken> listOwnedBy(String owner, long afterId, int limit) {
          return super.listOwnedBy(cleaned(owner), afterId, limit);
        }
      };
    }

    private static String cleaned(String text) {
      return text.replaceAll("[\\p{Cntrl}\\x{FEFF}\\x{FFFF}]", "");
    }
  }

  /** The calendar of {@code java.sql.Timestamp}, which leaves out ten days of 1582. */
  static final class UsesHybridCalendar extends TokenStoreContract {
    @Override
    protected TokenStore emptyStore() {
      return new ModelStore() {
        @Override
        public synchronized long insert(StoredToken token) {
          return super.insert(remade(
              token, token.owner(), token.name(), kept(token.createdAt()), token.trackedSince()));
        }
      };
    }

    private static Instant kept(Instant at) {
      return Timestamp.valueOf(LocalDateTime.ofInstant(at, ZoneId.systemDefault()))
          .toInstant();
    }
  }

  /** A use that is taken for a sign that uses are recorded. */
  static final class StartsTrackingOnUse extends TokenStoreContract {
    @Override
    protected TokenStore emptyStore() {
      return new ModelStore() {
        @Override
        public synchronized void recordUses(Map<Long, Instant> uses) {
          super.recordUses(uses);
          uses.forEach((id, at) -> findById(id).ifPresent(row -> put(tracked(row, at))));
        }
      };
    }

    private static StoredToken tracked(StoredToken row, Instant at) {
      Optional<Instant> since = Optional.of(row.trackedSince().orElse(at));
      return remade(row, row.owner(), row.name(), row.createdAt(), since);
    }
  }

  private static StoredToken remade(
      StoredToken row,
      String owner,
      String name,
      Instant createdAt,
      Optional<Instant> trackedSince) {
    return new StoredToken(
        row.id(),
        owner,
        name,
        row.hash(),
        row.previous(),
        row.enabled(),
        row.scopes(),
        row.allowedAddresses(),
        createdAt,
        row.expiresAt(),
        trackedSince,
        row.lastUsedAt());
  }
}
