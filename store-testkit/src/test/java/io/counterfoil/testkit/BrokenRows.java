package io.counterfoil.testkit;

import io.counterfoil.StoredToken;
import io.counterfoil.StoredToken.Use;
import io.counterfoil.TokenQuery;
import io.counterfoil.TokenStore;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;

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
          return super.insert(token.toBuilder()
              .owner(withoutControls(token.owner()))
              .name(withoutControls(token.name()))
              .build());
        }

        @Override
        public synchronized List<StoredToken> list(TokenQuery query, long afterId, int limit) {
          return super.list(
              query.owner().map(owner -> query.owner(withoutControls(owner))).orElse(query),
              afterId,
              limit);
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
          return super.insert(
              token.toBuilder().createdAt(converted(token.createdAt())).build());
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
        public synchronized void recordUses(Map<Long, Use> uses, Instant latestPlausible) {
          super.recordUses(uses, latestPlausible);
          uses.forEach((id, use) -> findById(id).ifPresent(row -> put(tracked(row, use.at()))));
        }
      };
    }

    private static StoredToken tracked(StoredToken row, Instant at) {
      return row.toBuilder().trackedSince(row.trackedSince().orElse(at)).build();
    }
  }

  /** Has a column of 64 characters for owners, and cuts off the rest. */
  static final class CutsOwners extends TokenStoreContract {
    @Override
    protected TokenStore emptyStore() {
      return new ModelStore() {
        @Override
        public synchronized long insert(StoredToken token) {
          String owner = token.owner();
          int end =
              owner.offsetByCodePoints(0, Math.min(64, owner.codePointCount(0, owner.length())));
          return super.insert(token.toBuilder().owner(owner.substring(0, end)).build());
        }
      };
    }
  }

  /** Treats a blank text as an empty one. */
  static final class TrimsDescriptions extends TokenStoreContract {
    @Override
    protected TokenStore emptyStore() {
      return new ModelStore() {
        @Override
        public synchronized long insert(StoredToken token) {
          return super.insert(
              token.toBuilder().description(token.description().strip()).build());
        }
      };
    }
  }

  /** Has a column of 200 UTF-16 units for descriptions, and cuts off the rest. */
  static final class CutsDescriptions extends TokenStoreContract {
    @Override
    protected TokenStore emptyStore() {
      return new ModelStore() {
        @Override
        public synchronized long insert(StoredToken token) {
          String text = token.description();
          String cut = text.substring(0, Math.min(200, text.length()));
          return super.insert(token.toBuilder().description(cut).build());
        }
      };
    }
  }

  /** Has a column of 32 bits for revisions. */
  static final class CutsRevisions extends TokenStoreContract {
    @Override
    protected TokenStore emptyStore() {
      return new ModelStore() {
        @Override
        public synchronized long insert(StoredToken token) {
          return super.insert(TestRow.withRevision(token, (int) token.revision()));
        }
      };
    }
  }
}
