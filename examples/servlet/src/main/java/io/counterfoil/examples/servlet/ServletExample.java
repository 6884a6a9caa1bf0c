package io.counterfoil.examples.servlet;

import io.counterfoil.TokenListener;
import io.counterfoil.TokenManager;
import io.counterfoil.jdbc.JdbcTokenStore;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletContextEvent;
import jakarta.servlet.ServletContextListener;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import org.h2.jdbcx.JdbcConnectionPool;
import org.jspecify.annotations.Nullable;

/** Starts the application when its container starts it, and closes it when the container stops it. */
public final class ServletExample implements ServletContextListener {
  static final String USERS = "users.properties";

  private @Nullable JdbcConnectionPool pool;
  private @Nullable JdbcTokenStore store;
  private @Nullable TokenManager tokens;
  private @Nullable HourlyTasks tasks;

  /** Opens everything. If this throws, the container does not start the application, so it never runs without its filters. */
  @Override
  public void contextInitialized(ServletContextEvent event) {
    ServletContext context = event.getServletContext();
    Path folder = Path.of(context.getInitParameter("folder")).toAbsolutePath();
    pool = openDatabase(folder);
    JdbcTokenStore.migrateSchema(pool);
    JdbcTokenStore.createSchema(pool);
    Users users = loadUsers(folder.resolve(USERS));
    context.log("The users and their passwords are in " + folder.resolve(USERS));
    store = new JdbcTokenStore(pool);
    tokens = TokenManager.builder(store)
        .activeOwners(users::isActive)
        .listener(TokenListener.audit())
        .build();
    boolean hideExistence = Boolean.parseBoolean(context.getInitParameter("hideExistence"));
    Routes.register(context, users, tokens, hideExistence);
    tasks = new HourlyTasks(
        tokens,
        (user, text) -> context.log("To " + user + ": " + text),
        failure -> context.log("The tasks of this hour have failed", failure));
    tasks.start();
  }

  /**
   * Returns a pool because, unlike {@code DriverManager}, it registers no driver with the JVM. A registered driver or a shutdown
   * hook ({@code DB_CLOSE_ON_EXIT}) would keep the classes of an undeployed application in memory. On JDK 17, so would the threads
   * of {@code async:}. With {@code retry:} instead, H2 opens a file again that an interrupted thread has closed.
   */
  private static JdbcConnectionPool openDatabase(Path folder) {
    String url = "jdbc:h2:retry:" + folder.resolve("tokens")
        + ";WRITE_DELAY=0;DB_CLOSE_ON_EXIT=FALSE;TRACE_LEVEL_FILE=0";
    return JdbcConnectionPool.create(url, "", "");
  }

  private static Users loadUsers(Path file) {
    try {
      return Users.load(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Also called if {@link #contextInitialized} has thrown. */
  @Override
  public void contextDestroyed(ServletContextEvent event) {
    if (tasks != null) {
      tasks.close();
    }
    if (tokens != null) {
      tokens.close(); // writes the last uses, so it must run before the database closes
    }
    if (store != null) {
      store.close(); // announces the last changes, and ends its thread
    }
    if (pool != null) {
      pool.dispose();
    }
  }
}
