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

/** Stores with one fault each: they do not return rows as they were inserted. */
@SuppressWarnings("UnsynchronizedOverridesSynchronized")
final class BrokenRows {
  private BrokenRows() {}

  /** Removes unprintable characters from texts. */
  static final class RemovesControlCharacters extends TokenStoreContract {
    @Override
    protected TokenStore emptyStore() {
      return new ModelStore() {
        @Override
        public synchronized long insert(StoredToken token) {
          return super.insert(copy(
              token,
              withoutControls(token.owner()),
              withoutControls(token.name()),
              token.createdAt(),
              token.trackedSince()));
        }

        @Override
        public List<StoredToken> listOwnedBy(String owner, long afterId, int limit) {
          return super.listOwnedBy(withoutControls(owner), afterId, limit);
        }
      };
    }

    private static String withoutControls(String text) {
      return text.replaceAll("[\\p{Cntrl}\\x{FEFF}\\x{FFFF}]", "");
    }
  }

  /** Converts with {@code java.sql.Timestamp}, whose calendar skips ten days of 1582. */
  static final class UsesHybridCalendar extends TokenStoreContract {
    @Override
    protected TokenStore emptyStore() {
      return new ModelStore() {
        @Override
        public synchronized long insert(StoredToken token) {
          return super.insert(copy(
              token,
              token.owner(),
              token.name(),
              converted(token.createdAt()),
              token.trackedSince()));
        }
      };
    }

    private static Instant converted(Instant at) {
      return Timestamp.valueOf(LocalDateTime.ofInstant(at, ZoneId.systemDefault()))
          .toInstant();
    }
  }

  /** Sets the start of use tracking when a use is recorded. */
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
      return copy(row, row.owner(), row.name(), row.createdAt(), since);
    }
  }

  private static StoredToken copy(
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
