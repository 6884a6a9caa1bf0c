package io.counterfoil.cache;

import io.counterfoil.TokenStore;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** A store that runs a hook once: before a method, or after it but before its answer is returned. */
final class HookedStore {
  final TokenStore store;

  /** The number of calls of {@code findByHash}. */
  final AtomicInteger lookups = new AtomicInteger();

  private final TokenStore real;
  private final Map<String, Runnable> before = new ConcurrentHashMap<>();
  private final Map<String, Runnable> after = new ConcurrentHashMap<>();
  private final Map<String, Object> answers = new ConcurrentHashMap<>();

  HookedStore(TokenStore real) {
    this.real = real;
    this.store = (TokenStore) Proxy.newProxyInstance(
        TokenStore.class.getClassLoader(),
        new Class<?>[] {TokenStore.class},
        (proxy, method, arguments) -> call(method, arguments));
  }

  void before(String method, Runnable hook) {
    before.put(method, hook);
  }

  void after(String method, Runnable hook) {
    after.put(method, hook);
  }

  /** Makes the next call of a method return this answer without calling the real store. */
  void answerOnce(String method, Object answer) {
    answers.put(method, answer);
  }

  private Object call(Method method, Object[] arguments) throws Throwable {
    if (method.getName().equals("findByHash")) {
      lookups.incrementAndGet();
    }
    run(before.remove(method.getName()));
    Object other = answers.remove(method.getName());
    if (other != null) {
      return other;
    }
    try {
      Object answer = method.invoke(real, arguments);
      run(after.remove(method.getName()));
      return answer;
    } catch (InvocationTargetException e) {
      throw e.getCause();
    }
  }

  private static void run(Runnable hook) {
    if (hook != null) {
      hook.run();
    }
  }
}
