package io.counterfoil.benchmarks.peers;

import java.lang.reflect.Proxy;

/** Makes objects that refuse every call, for others to stand in front of: what they do not answer is seen to be asked. */
final class Refusing {
  private Refusing() {}

  static <T> T every(Class<T> type) {
    return type.cast(Proxy.newProxyInstance(
        type.getClassLoader(), new Class<?>[] {type}, (proxy, method, arguments) -> {
          throw new UnsupportedOperationException(method.toString());
        }));
  }
}
