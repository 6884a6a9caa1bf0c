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
    private Object last;

    ContentWatch(TokenStore store) {
      this.store = store;
      this.last = content(store);
    }

    Object content(TokenStore watched) {
      return watched.list(0, BrokenStores.EVERYTHING);
    }

    @Override
    public Changed awaitChange(Duration patience) throws InterruptedException {
      boolean isClosed = closed.await(patience.toMillis(), MILLISECONDS);
      if (isClosed) {
        throw new IllegalStateException("closed");
      }
      Object now = content(store);
      Changed changed = now.equals(last) ? Changed.NONE : changed();
      last = now;
      return changed;
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
  static final class None extends TokenStoreContract {
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
          return watched.list(0, BrokenStores.EVERYTHING).stream()
              .map(StoredToken::id)
              .toList();
        }
      });
    }
  }

  /** Tells of another token than that which has changed. */
  static final class NamesAnother extends TokenStoreContract {
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

  /** Gives everybody the same watch, of which one hears what another does not hear any more. */
  static final class SharesOne extends TokenStoreContract {
    @Override
    protected TokenStore emptyStore() {
      AtomicReference<ChangeWatch> one = new AtomicReference<>();
      return new Watched(store -> {
        one.compareAndSet(null, new ContentWatch(store));
        return one.get();
      });
    }
  }

  /** Notices neither that it is closed nor who waits in it. */
  static final class StaysOpen extends TokenStoreContract {
    @Override
    protected TokenStore emptyStore() {
      return new Watched(store -> new ContentWatch(store) {
        @Override
        public void close() {}
      });
    }
  }

  /** Waits on. */
  static final class TakesNoInterrupt extends TokenStoreContract {
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
