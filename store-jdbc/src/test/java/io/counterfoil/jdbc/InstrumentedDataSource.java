package io.counterfoil.jdbc;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import javax.sql.DataSource;

/**
 * Wraps a data source: records every JDBC call, and makes calls fail or return other values. Not thread-safe, except that
 * other threads may read the calls.
 */
final class InstrumentedDataSource {
  private static final List<Class<?>> WRAPPED = List.of(
      Connection.class,
      DatabaseMetaData.class,
      PreparedStatement.class,
      Statement.class,
      ResultSet.class);

  /** The names of all called methods, in order. */
  final List<String> calls = new CopyOnWriteArrayList<>();

  /** The problems that connections had when they were closed. */
  final List<String> problems = new ArrayList<>();

  private final Map<String, SQLException> failuresBefore = new HashMap<>();
  private final Map<String, SQLException> failuresOnce = new HashMap<>();
  private final Map<String, SQLException> failuresAfter = new HashMap<>();
  private final Map<String, Object> returnValues = new HashMap<>();
  private final Map<String, String> replacements = new HashMap<>();
  private final Map<String, CountDownLatch> pauses = new HashMap<>();
  private final List<Object> unclosed = new ArrayList<>();
  private final DataSource real;
  private List<Object> originalSettings = List.of();
  private boolean transactionOpen;

  InstrumentedDataSource(DataSource real) {
    this.real = real;
  }

  DataSource dataSource() {
    return (DataSource) wrap(real, DataSource.class);
  }

  /** From now on, makes a method fail without any effect. */
  void failBefore(String method, SQLException failure) {
    failuresBefore.put(method, failure);
  }

  /** Makes the next call of a method fail, without any effect. */
  void failOnce(String method, SQLException failure) {
    failOnce(method, 1, failure);
  }

  /** Makes one call of a method fail, without any effect; the next call has the number 1. */
  void failOnce(String method, int call, SQLException failure) {
    failuresOnce.put(numbered(method, call), failure);
  }

  private String numbered(String method, int call) {
    return method + ' ' + (Collections.frequency(calls, method) + call);
  }

  /** From now on, makes a method fail after it has taken effect, as if the connection broke before the response. */
  void failAfter(String method, SQLException failure) {
    failuresAfter.put(method, failure);
  }

  /** Makes one call of a method wait, as if the process were suspended, until the latch is open; the next call has the number 1. */
  void pauseBefore(String method, int call, CountDownLatch latch) {
    pauses.put(numbered(method, call), latch);
  }

  /** From now on, makes a method return a value without any effect. */
  void returnFrom(String method, Object value) {
    returnValues.put(method, value);
  }

  /** From now on, replaces a text in prepared statements. */
  void replaceInSql(String old, String replacement) {
    replacements.put(old, replacement);
  }

  /** Returns the objects that are not closed yet. */
  List<Object> unclosed() {
    return unclosed;
  }

  /** Forgets the recorded calls and problems, and the planned failures. */
  void reset() {
    calls.clear();
    problems.clear();
    failuresBefore.clear();
    failuresOnce.clear();
    failuresAfter.clear();
  }

  private Object wrap(Object target, Class<?> type) {
    return Proxy.newProxyInstance(
        type.getClassLoader() == null ? getClass().getClassLoader() : type.getClassLoader(),
        new Class<?>[] {type},
        (proxy, method, arguments) -> call(target, method, arguments));
  }

  private Object call(Object target, Method method, Object[] arguments) throws Throwable {
    String name = name(target, method);
    calls.add(name);
    if (target instanceof Connection connection
        && name.equals("closeConnection")
        && !connection.isClosed()) {
      checkBeforeClose(connection);
    }
    CountDownLatch pause = pauses.isEmpty() ? null : pauses.get(numbered(name, 0));
    if (pause != null) {
      pause.await();
    }
    throwIfPresent(failuresBefore.get(name));
    if (!failuresOnce.isEmpty()) {
      throwIfPresent(failuresOnce.remove(numbered(name, 0)));
    }
    if (method.getName().equals("close")) {
      unclosed.remove(target);
    }
    if (returnValues.containsKey(name)) {
      return returnValues.get(name);
    }
    if (name.equals("prepareStatement")) {
      replacements.forEach(
          (old, replacement) -> arguments[0] = ((String) arguments[0]).replace(old, replacement));
    }
    Object result = invoke(target, method, arguments);
    trackTransaction(target, name);
    throwIfPresent(failuresAfter.get(name));
    return WRAPPED.stream()
        .filter(type -> type.isInstance(result) && type.isAssignableFrom(method.getReturnType()))
        .findFirst()
        .map(type -> opened(result, type))
        .orElse(result);
  }

  /** Returns the name of the method; "closeConnection" distinguishes the close of a connection from that of a statement. */
  private static String name(Object target, Method method) {
    boolean closesConnection = target instanceof Connection && method.getName().equals("close");
    return closesConnection ? "closeConnection" : method.getName();
  }

  private Object opened(Object result, Class<?> type) {
    if (result instanceof Connection connection) {
      unclosed.add(connection);
      originalSettings = settings(connection);
      transactionOpen = false;
    } else if (!(result instanceof DatabaseMetaData)) {
      unclosed.add(result);
    }
    return wrap(result, type);
  }

  private void checkBeforeClose(Connection connection) {
    List<Object> settings = settings(connection);
    if (!settings.equals(originalSettings)) {
      problems.add("settings were changed: " + originalSettings + " to " + settings);
    }
    if (transactionOpen) {
      problems.add("a transaction was open");
    }
  }

  private void trackTransaction(Object target, String name) throws SQLException {
    if (target instanceof Statement statement && name.startsWith("execute")) {
      transactionOpen = !statement.getConnection().getAutoCommit();
    }
    if (target instanceof Connection && Stream.of("commit", "rollback").anyMatch(name::equals)) {
      transactionOpen = false;
    }
  }

  private static List<Object> settings(Connection connection) {
    try {
      return List.of(
          connection.getAutoCommit(),
          connection.getTransactionIsolation(),
          connection.isReadOnly(),
          connection.getHoldability());
    } catch (SQLException e) {
      throw new AssertionError(e);
    }
  }

  private static Object invoke(Object target, Method method, Object[] arguments) throws Throwable {
    try {
      return method.invoke(target, arguments);
    } catch (InvocationTargetException e) {
      throw e.getCause();
    }
  }

  private static void throwIfPresent(SQLException failure) throws SQLException {
    if (failure != null) {
      throw failure;
    }
  }
}
