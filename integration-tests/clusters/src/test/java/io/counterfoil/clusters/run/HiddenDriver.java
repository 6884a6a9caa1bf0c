package io.counterfoil.clusters.run;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import javax.sql.DataSource;

/** A data source whose connections do not unwrap to those of the driver. */
public final class HiddenDriver {
  private HiddenDriver() {}

  /** Wraps a data source. */
  public static DataSource of(DataSource dataSource) {
    return wrapped(DataSource.class, dataSource);
  }

  private static <T> T wrapped(Class<T> type, T target) {
    return type.cast(Proxy.newProxyInstance(
        HiddenDriver.class.getClassLoader(), new Class<?>[] {type}, (proxy, method, arguments) -> {
          if (method.getName().equals("isWrapperFor")) {
            return false;
          }
          Object result = invoke(method, target, arguments);
          return result instanceof Connection connection
              ? wrapped(Connection.class, connection)
              : result;
        }));
  }

  private static Object invoke(Method method, Object target, Object[] arguments) throws Throwable {
    try {
      return method.invoke(target, arguments);
    } catch (InvocationTargetException e) {
      throw e.getCause();
    }
  }
}
