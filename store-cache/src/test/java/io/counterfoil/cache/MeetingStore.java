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
 * A store in which every call waits until so many are under way at once: if one caller is kept out of it by what another has
 * in hand meanwhile, none of them comes any further, and all fail.
 */
final class MeetingStore {
  private static final int PATIENCE_SECONDS = 60;

  /** What the library asks on threads of its own, each of which is alone. */
  private static final Set<String> ASKED_ALONE = Set.of("recordUses", "watch");

  final TokenStore store;

  private final TokenStore real;
  private final CyclicBarrier meeting;

  MeetingStore(TokenStore real, int callers) {
    this.real = real;
    this.meeting = new CyclicBarrier(callers);
    this.store = (TokenStore) Proxy.newProxyInstance(
        TokenStore.class.getClassLoader(),
        new Class<?>[] {TokenStore.class},
        (proxy, method, arguments) -> call(method, arguments));
  }

  private Object call(Method method, Object[] arguments) throws Throwable {
    if (!ASKED_ALONE.contains(method.getName())) {
      meet();
    }
    try {
      return method.invoke(real, arguments);
    } catch (InvocationTargetException e) {
      throw e.getCause();
    }
  }

  private void meet() throws InterruptedException {
    try {
      meeting.await(PATIENCE_SECONDS, TimeUnit.SECONDS);
    } catch (BrokenBarrierException | TimeoutException e) {
      throw new AssertionError("not all callers came into the store", e);
    }
  }
}
