package io.counterfoil.clusters.servers;

import java.util.function.Function;

/** Resources that are opened one after the other. */
public final class Resources {
  private Resources() {}

  /** Returns the result of a function of a resource. If the function throws, the resource is closed. */
  public static <R extends AutoCloseable, T> T closeOnFailure(
      R resource, Function<? super R, ? extends T> function) {
    try {
      return function.apply(resource);
    } catch (Throwable failure) {
      try {
        resource.close();
      } catch (Exception e) {
        failure.addSuppressed(e);
      }
      throw failure;
    }
  }
}
