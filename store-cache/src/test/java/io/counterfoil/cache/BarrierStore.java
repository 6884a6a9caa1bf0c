package io.counterfoil.cache;

import io.counterfoil.TokenStore;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.Set;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * A store in which each call waits until a given number of calls are in progress. If a lock keeps one caller out, no call
 * continues, and all fail.
 */
final class BarrierStore {
  private static final int TIMEOUT_SECONDS = 60;

  /** Methods that the library calls on a single thread of its own. */
  private static final Set<String> NOT_CONCURRENT = Set.of("recordUses", "watch");

  final TokenStore store;

  private final TokenStore real;
  private final CyclicBarrier barrier;

  BarrierStore(TokenStore real, int callers) {
    this.real = real;
    this.barrier = new CyclicBarrier(callers);
    this.store = (TokenStore) Proxy.newProxyInstance(
        TokenStore.class.getClassLoader(),
        new Class<?>[] {TokenStore.class},
        (proxy, method, arguments) -> call(method, arguments));
  }

  private Object call(Method method, Object[] arguments) throws Throwable {
    if (!NOT_CONCURRENT.contains(method.getName())) {
      awaitOthers();
    }
    try {
      return method.invoke(real, arguments);
    } catch (InvocationTargetException e) {
      throw e.getCause();
    }
  }

  private void awaitOthers() throws InterruptedException {
    try {
      barrier.await(TIMEOUT_SECONDS, TimeUnit.SECONDS);
    } catch (BrokenBarrierException | TimeoutException e) {
      throw new AssertionError("not all callers reached the store", e);
    }
  }
}
