package io.counterfoil.testkit;

import static java.util.concurrent.TimeUnit.MILLISECONDS;

import io.counterfoil.ChangeWatch;
import io.counterfoil.ChangeWatch.Changed;
import io.counterfoil.StoredToken;
import io.counterfoil.TokenQuery;
import io.counterfoil.TokenStore;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;

/** Stores whose watches have one fault each, and one whose watch has none. */
final class BrokenWatches {
  private BrokenWatches() {}

  /** A watch that compares the whole content with the content at the last call. */
  private static class ContentWatch implements ChangeWatch {
    private final CountDownLatch closed = new CountDownLatch(1);
    private final TokenStore store;
    private final AtomicReference<Object> last;

    ContentWatch(TokenStore store) {
      this(store, new AtomicReference<>());
    }

    ContentWatch(TokenStore store, AtomicReference<Object> last) {
      this.store = store;
      this.last = last;
      last.set(content(store));
    }

    Object content(TokenStore watched) {
      return watched.list(TokenQuery.all(), 0, BrokenChanges.EVERYTHING);
    }

    @Override
    public Changed awaitChange(Duration timeout) throws InterruptedException {
      boolean isClosed = closed.await(timeout.toMillis(), MILLISECONDS);
      if (isClosed) {
        throw new IllegalStateException("closed");
      }
      Object now = content(store);
      return now.equals(last.getAndSet(now)) ? Changed.NONE : changed();
    }

    Changed changed() {
      return Changed.ANY;
    }

    @Override
    public void close() {
      closed.countDown();
    }
  }

  private static class Watched extends ModelStore {
    private final Function<TokenStore, ChangeWatch> watches;

    Watched(Function<TokenStore, ChangeWatch> watches) {
      this.watches = watches;
    }

    @Override
    public Optional<ChangeWatch> watch() {
      return Optional.of(watches.apply(this));
    }
  }

  /** A watch without a fault. */
  static final class Correct extends TokenStoreContract {
    @Override
    protected TokenStore emptyStore() {
      return new Watched(ContentWatch::new);
    }
  }

  /** Notices only inserted and deleted tokens. */
  static final class ComparesIds extends ShortDeadline {
    @Override
    protected TokenStore emptyStore() {
      return new Watched(store -> new ContentWatch(store) {
        @Override
        Object content(TokenStore watched) {
          return watched.list(TokenQuery.all(), 0, BrokenChanges.EVERYTHING).stream()
              .map(StoredToken::id)
              .toList();
        }
      });
    }
  }

  /** Notices only tokens that are enabled or disabled, and new hashes. */
  static final class IgnoresRights extends ShortDeadline {
    @Override
    protected TokenStore emptyStore() {
      return new Watched(store -> new ContentWatch(store) {
        @Override
        Object content(TokenStore watched) {
          return watched.list(TokenQuery.all(), 0, BrokenChanges.EVERYTHING).stream()
              .map(row -> List.of(row.id(), row.enabled(), row.hash(), row.previous()))
              .toList();
        }
      });
    }
  }

  /** Reports a different token from the one that changed. */
  static final class ReportsWrongToken extends ShortDeadline {
    @Override
    protected TokenStore emptyStore() {
      return new Watched(store -> new ContentWatch(store) {
        @Override
        Changed changed() {
          return new Changed(false, Set.of(Long.MAX_VALUE));
        }
      });
    }
  }

  /** All watches share one state, so a change that one of them reports is not reported by the others. */
  static final class SharesStateBetweenWatches extends ShortDeadline {
    @Override
    protected TokenStore emptyStore() {
      AtomicReference<Object> told = new AtomicReference<>();
      return new Watched(store -> new ContentWatch(store, told));
    }
  }

  /** A contract with a shorter deadline for calls that never return, and reports that never come. */
  abstract static class ShortDeadline extends TokenStoreContract {
    @Override
    Duration watchDeadline() {
      return Duration.ofMillis(200);
    }
  }

  /** A close that does nothing. */
  static final class IgnoresClose extends ShortDeadline {
    @Override
    protected TokenStore emptyStore() {
      return new Watched(store -> new ContentWatch(store) {
        @Override
        public void close() {}
      });
    }
  }

  /** Checks whether the watch is closed before it waits, but not while it waits. */
  static final class KeepsWaitersAfterClose extends ShortDeadline {
    @Override
    protected TokenStore emptyStore() {
      return new Watched(store -> new ContentWatch(store) {
        @Override
        public Changed awaitChange(Duration timeout) throws InterruptedException {
          Changed changed = super.awaitChange(Duration.ZERO);
          Thread.sleep(timeout.toMillis());
          return changed;
        }
      });
    }
  }

  /** A second close throws. */
  static final class ThrowsOnSecondClose extends TokenStoreContract {
    @Override
    protected TokenStore emptyStore() {
      return new Watched(store -> new ContentWatch(store) {
        private boolean isClosed;

        @Override
        public void close() {
          if (isClosed) {
            throw new IllegalStateException("closed");
          }
          isClosed = true;
          super.close();
        }
      });
    }
  }

  /** If the thread is interrupted, returns instead of throwing. */
  static final class IgnoresInterrupts extends TokenStoreContract {
    @Override
    protected TokenStore emptyStore() {
      return new Watched(store -> new ContentWatch(store) {
        @Override
        public Changed awaitChange(Duration timeout) {
          try {
            return super.awaitChange(timeout);
          } catch (InterruptedException ignored) {
            return Changed.NONE;
          }
        }
      });
    }
  }
}
