package io.counterfoil.testkit;

import static java.util.concurrent.TimeUnit.MILLISECONDS;

import io.counterfoil.ChangeWatch;
import io.counterfoil.ChangeWatch.Changed;
import io.counterfoil.StoredToken;
import io.counterfoil.TokenStore;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;

/** Stores whose watches have one fault each, and one whose watch has none. */
final class BrokenWatches {
  private BrokenWatches() {}

  /** Compares all that is there with what was there before. */
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
      return watched.list(0, BrokenChanges.EVERYTHING);
    }

    @Override
    public Changed awaitChange(Duration patience) throws InterruptedException {
      boolean isClosed = closed.await(patience.toMillis(), MILLISECONDS);
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

  /** Without a fault. */
  static final class Correct extends TokenStoreContract {
    @Override
    protected TokenStore emptyStore() {
      return new Watched(ContentWatch::new);
    }
  }

  /** As if nothing could happen to a token but to come and go. */
  static final class ComparesIds extends TokenStoreContract {
    @Override
    protected TokenStore emptyStore() {
      return new Watched(store -> new ContentWatch(store) {
        @Override
        Object content(TokenStore watched) {
          return watched.list(0, BrokenChanges.EVERYTHING).stream()
              .map(StoredToken::id)
              .toList();
        }
      });
    }
  }

  /** Tells of another token than that which has changed. */
  static final class ReportsWrongToken extends TokenStoreContract {
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

  /** Remembers once for all of them what was told: of that, the others hear nothing. */
  static final class SharesStateBetweenWatches extends TokenStoreContract {
    @Override
    protected TokenStore emptyStore() {
      AtomicReference<Object> told = new AtomicReference<>();
      return new Watched(store -> new ContentWatch(store, told));
    }
  }

  /** Waits less long for calls that never return. */
  abstract static class ShortDeadline extends TokenStoreContract {
    @Override
    Duration watchDeadline() {
      return Duration.ofMillis(200);
    }
  }

  /** Notices neither that it is closed nor who waits in it. */
  static final class IgnoresClose extends ShortDeadline {
    @Override
    protected TokenStore emptyStore() {
      return new Watched(store -> new ContentWatch(store) {
        @Override
        public void close() {}
      });
    }
  }

  /** Looks only once whether it is closed. */
  static final class KeepsWaitersAfterClose extends ShortDeadline {
    @Override
    protected TokenStore emptyStore() {
      return new Watched(store -> new ContentWatch(store) {
        @Override
        public Changed awaitChange(Duration patience) throws InterruptedException {
          Changed changed = super.awaitChange(Duration.ZERO);
          Thread.sleep(patience.toMillis());
          return changed;
        }
      });
    }
  }

  /** Complains of a second close. */
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

  /** Waits on. */
  static final class IgnoresInterrupts extends TokenStoreContract {
    @Override
    protected TokenStore emptyStore() {
      return new Watched(store -> new ContentWatch(store) {
        @Override
        public Changed awaitChange(Duration patience) {
          try {
            return super.awaitChange(patience);
          } catch (InterruptedException ignored) {
            return Changed.NONE;
          }
        }
      });
    }
  }
}
