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
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import javax.sql.DataSource;

/** A data source that writes down what is done with it, and fails or lies where it is told to. For use by one thread. */
final class WatchedDataSource {
  private static final List<Class<?>> WATCHED = List.of(
      Connection.class,
      DatabaseMetaData.class,
      PreparedStatement.class,
      Statement.class,
      ResultSet.class);

  /** Every call, by the name of its method, in order. */
  final List<String> calls = new ArrayList<>();

  /** What was wrong with connections when they were closed. */
  final List<String> complaints = new ArrayList<>();

  private final Map<String, SQLException> before = new HashMap<>();
  private final Map<String, SQLException> once = new HashMap<>();
  private final Map<String, SQLException> after = new HashMap<>();
  private final Map<String, Object> answers = new HashMap<>();
  private final List<Object> unclosed = new ArrayList<>();
  private final DataSource real;
  private List<Object> settingsAtFirst = List.of();
  private boolean transactionOpen;

  WatchedDataSource(DataSource real) {
    this.real = real;
  }

  DataSource dataSource() {
    return (DataSource) watched(real, DataSource.class);
  }

  /** From now on, that method fails and does nothing. */
  void failBefore(String method, SQLException failure) {
    before.put(method, failure);
  }

  /** That method fails once, and does nothing that time. */
  void failOnce(String method, SQLException failure) {
    once.put(method, failure);
  }

  /** From now on, that method does its work and fails all the same, as if the line broke before the answer. */
  void failAfter(String method, SQLException failure) {
    after.put(method, failure);
  }

  /** From now on, that method answers so. */
  void answer(String method, Object answer) {
    answers.put(method, answer);
  }

  /** Returns what is open still. */
  List<Object> unclosed() {
    return unclosed;
  }

  void forget() {
    calls.clear();
    complaints.clear();
    before.clear();
    once.clear();
    after.clear();
  }

  private Object watched(Object target, Class<?> type) {
    return Proxy.newProxyInstance(
        type.getClassLoader() == null ? getClass().getClassLoader() : type.getClassLoader(),
        new Class<?>[] {type},
        (proxy, method, arguments) -> call(target, method, arguments));
  }

  private Object call(Object target, Method method, Object[] arguments) throws Throwable {
    String name = name(target, method);
    calls.add(name);
    if (target instanceof Connection connection) {
      watchConnection(connection, name);
    }
    fail(before.get(name));
    fail(once.remove(name));
    if (method.getName().equals("close")) {
      unclosed.remove(target);
    }
    if (answers.containsKey(name)) {
      return answers.get(name);
    }
    Object result = invoke(target, method, arguments);
    watchTransaction(target, name);
    fail(after.get(name));
    return WATCHED.stream()
        .filter(type -> type.isInstance(result) && type.isAssignableFrom(method.getReturnType()))
        .findFirst()
        .map(type -> opened(result, type))
        .orElse(result);
  }

  /** The name of the method, but where a connection is closed and not what is on it. */
  private static String name(Object target, Method method) {
    boolean closesConnection = target instanceof Connection && method.getName().equals("close");
    return closesConnection ? "closeConnection" : method.getName();
  }

  private Object opened(Object result, Class<?> type) {
    if (result instanceof Connection connection) {
      unclosed.add(connection);
      settingsAtFirst = settings(connection);
      transactionOpen = false;
    } else if (!(result instanceof DatabaseMetaData)) {
      unclosed.add(result);
    }
    return watched(result, type);
  }

  private void watchConnection(Connection connection, String name) {
    if (name.equals("closeConnection") && !settings(connection).equals(settingsAtFirst)) {
      complaints.add("settings were changed: " + settingsAtFirst + " to " + settings(connection));
    }
    if (name.equals("closeConnection") && transactionOpen) {
      complaints.add("a transaction was open");
    }
  }

  private void watchTransaction(Object target, String name) throws SQLException {
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

  private static void fail(SQLException failure) throws SQLException {
    if (failure != null) {
      throw failure;
    }
  }
}
