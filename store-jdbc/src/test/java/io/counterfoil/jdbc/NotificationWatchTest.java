package io.counterfoil.jdbc;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.counterfoil.ChangeWatch;
import io.counterfoil.ChangeWatch.Changed;
import io.counterfoil.TokenStore;
import io.counterfoil.testing.CapturedLog;
import io.counterfoil.testing.databases.PostgreSql;
import java.io.InputStream;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Watches that are woken by PostgreSQL's notifications. */
class NotificationWatchTest {
  private static final Duration SHORT = Duration.ofMillis(1);

  /** Longer than any test: a call that returns earlier was woken. */
  private static final Duration LONG = Duration.ofMinutes(10);

  private static final int DEADLINE = 60;
  private static final String LISTENING = "SELECT pg_listening_channels()";
  private static final String WATCHERS = "watchers";

  private String url;
  private HikariDataSource pool;
  private JdbcTokenStore store;
  private long id;

  @BeforeEach
  void open() {
    url = PostgreSql.freshUrl();
    pool = Database.open(url, true);
    JdbcTokenStore.createSchema(pool);
    store = Samples.announcingAtOnce(pool);
    id = store.insert(Samples.token("present"));
  }

  @AfterEach
  void close() {
    pool.close();
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void a_wait_ends_as_soon_as_another_node_has_changed_something(boolean autoCommit)
      throws Exception {
    try (HikariDataSource watchers = watchers(2, autoCommit);
        ChangeWatch watch = new JdbcTokenStore(watchers).watch().orElseThrow()) {
      assertThat(watch.awaitChange(SHORT)).isEqualTo(Changed.NONE); // it listens from now on
      for (int i = 0; i < 2; i++) {
        FutureTask<Changed> wait = waiting(watch);
        store.disable(id);
        assertThat(wait.get(DEADLINE, SECONDS)).isNotEqualTo(Changed.NONE);
      }
      assertThat(watch.awaitChange(SHORT)).isEqualTo(Changed.NONE);
    }
  }

  @Test
  void a_change_before_the_watch_listened_is_reported_without_a_wait() throws Exception {
    try (ChangeWatch watch = store.watch().orElseThrow()) {
      store.disable(id);
      assertThat(waiting(watch).get(DEADLINE, SECONDS)).isNotEqualTo(Changed.NONE);
    }
  }

  @Test
  void a_notification_without_a_change_is_ignored() throws Exception {
    try (ChangeWatch watch = store.watch().orElseThrow()) {
      watch.awaitChange(SHORT);
      new JdbcTokenStore(pool); // sends a notification as a test
      assertThat(watch.awaitChange(Duration.ofSeconds(1))).isEqualTo(Changed.NONE);
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void a_lost_connection_loses_no_change(boolean autoCommit) throws Exception {
    try (HikariDataSource watchers = watchers(2, autoCommit);
        ChangeWatch watch = new JdbcTokenStore(watchers).watch().orElseThrow()) {
      watch.awaitChange(SHORT);
      endListener(watchers);
      store.disable(id);
      assertThat(watch.awaitChange(SHORT)).isNotEqualTo(Changed.NONE); // by polling
      assertThat(watch.awaitChange(SHORT))
          .isEqualTo(Changed.NONE); // on a new connection of its own
      FutureTask<Changed> wait = waiting(watch);
      store.delete(id);
      assertThat(wait.get(DEADLINE, SECONDS)).isNotEqualTo(Changed.NONE);
    }
  }

  /** Ends all connections of the watchers except the idle one in their pool. */
  private void endListener(HikariDataSource watchers) {
    Object other = Sql.rows(watchers, "SELECT pg_backend_pid()").get(0).get(0);
    List<?> ended = Sql.rows(
        pool,
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = ? AND pid <> ?",
        WATCHERS,
        other);
    assertThat(ended).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void its_connection_is_returned_as_it_was(boolean autoCommit) throws Exception {
    try (HikariDataSource watchers = watchers(2, autoCommit)) {
      InstrumentedDataSource watched = new InstrumentedDataSource(watchers);
      ChangeWatch watch = new JdbcTokenStore(watched.dataSource()).watch().orElseThrow();
      watched.reset();
      watch.awaitChange(SHORT);
      assertThat(watched.unclosed()).hasSize(1);
      store.disable(id); // a notification that no call receives
      watch.close();
      assertThat(watched.unclosed()).isEmpty();
      assertThat(watched.problems).isEmpty();
      assertNothingListens(watchers);
    }
  }

  @Test
  void a_watch_that_is_closed_during_a_wait_returns_its_connection() throws Exception {
    try (HikariDataSource watchers = watchers(2, true)) {
      ChangeWatch watch = new JdbcTokenStore(watchers).watch().orElseThrow();
      FutureTask<Changed> wait = waiting(watch);
      while (watchers.getHikariPoolMXBean().getActiveConnections() == 0) {
        Thread.onSpinWait(); // until the call waits
      }
      watch.close();
      assertThat(wait.get(DEADLINE, SECONDS)).isEqualTo(Changed.NONE);
      assertNothingListens(watchers);
    }
  }

  private static void assertNothingListens(HikariDataSource watchers) throws SQLException {
    assertThat(watchers.getHikariPoolMXBean().getActiveConnections()).isZero();
    try (Connection held =
        watchers.getConnection()) { // so that the query below uses the second one
      assertThat(Sql.rows(watchers, LISTENING)).isEmpty();
      try (var statement = held.createStatement();
          var channels = statement.executeQuery(LISTENING)) {
        assertThat(channels.next()).isFalse();
      }
    }
  }

  @Test
  void an_interrupt_ends_a_wait_and_the_next_one_works() throws Exception {
    try (HikariDataSource watchers = watchers(2, true);
        ChangeWatch watch = new JdbcTokenStore(watchers).watch().orElseThrow()) {
      watch.awaitChange(SHORT);
      FutureTask<Changed> wait = new FutureTask<>(() -> watch.awaitChange(LONG));
      Thread thread = new Thread(wait);
      thread.start();
      thread.interrupt();
      assertThatExceptionOfType(ExecutionException.class)
          .isThrownBy(() -> wait.get(DEADLINE, SECONDS))
          .withCauseInstanceOf(InterruptedException.class);
      store.disable(id);
      assertThat(waiting(watch).get(DEADLINE, SECONDS)).isNotEqualTo(Changed.NONE);
    }
  }

  @Test
  void a_pool_of_one_connection_gets_its_connection_back() throws Exception {
    try (HikariDataSource watchers = watchers(1, true)) {
      JdbcTokenStore watcher = Samples.announcingAtOnce(watchers);
      try (ChangeWatch watch = watcher.watch().orElseThrow()) {
        assertThat(watch.awaitChange(SHORT)).isEqualTo(Changed.NONE);
        long end = System.nanoTime() + SECONDS.toNanos(DEADLINE);
        while (watchers.getHikariPoolMXBean().getActiveConnections() > 0
            && System.nanoTime() - end < 0) {
          Thread.onSpinWait(); // the test for a second connection gets the only one for a moment
        }
        assertThat(watchers.getHikariPoolMXBean().getActiveConnections()).isZero();
        assertThat(watcher.disable(id)).isTrue();
        assertThat(watch.awaitChange(SHORT)).isNotEqualTo(Changed.NONE);
        assertThat(Sql.rows(watchers, LISTENING)).isEmpty();
      }
    }
  }

  @Test
  void tables_of_one_name_in_several_schemas_have_channels_of_their_own() {
    String channel = channel(pool);
    Sql.run(pool, "CREATE SCHEMA mine");
    try (HikariDataSource other = Database.open(url + "&currentSchema=mine", true)) {
      JdbcTokenStore.createSchema(other);
      assertThat(channel(other)).startsWith("counterfoil_").isNotEqualTo(channel);
    }
  }

  private static String channel(DataSource from) {
    String sql = new Statements(Dialect.POSTGRESQL, Statements.DEFAULT_TABLE).channel;
    return Sql.rows(from, sql).get(0).get(0).toString();
  }

  @Test // such as some databases that imitate PostgreSQL
  void a_database_without_notifications_is_polled() throws Exception {
    Sql.run(pool, "REVOKE EXECUTE ON FUNCTION pg_notify(text, text) FROM PUBLIC");
    String user = user("SELECT, UPDATE");
    try (HikariDataSource silent = Database.open(as(user), false)) {
      JdbcTokenStore silentStore = Samples.announcingAtOnce(silent);
      try (ChangeWatch watch = silentStore.watch().orElseThrow()) {
        silentStore.disable(id);
        assertThat(watch.awaitChange(SHORT)).isNotEqualTo(Changed.NONE);
        assertThat(silent.getHikariPoolMXBean().getActiveConnections()).isZero();
      }
    }
  }

  @Test
  void a_user_without_rights_on_the_change_counter_works_without_it() {
    try (HikariDataSource others = Database.open(as(user("INSERT")), false)) {
      JdbcTokenStore other = new JdbcTokenStore(others);
      assertThat(other.watch()).isEmpty();
      assertThat(other.disable(id)).isTrue();
    }
  }

  @Test
  void a_user_who_may_only_read_the_change_counter_can_revoke_and_watch_but_not_announce()
      throws Exception {
    try (HikariDataSource others = Database.open(as(user("SELECT")), true)) {
      JdbcTokenStore other = Samples.announcingAtOnce(others);
      try (ChangeWatch watch = other.watch().orElseThrow()) {
        String log = CapturedLog.of(() -> {
          assertThat(other.disable(id)).isTrue();
          assertThat(Samples.enable(other, id)).isTrue();
        });
        assertThat(log).containsOnlyOnce("permission denied for table counterfoil_tokens_changes");
        assertThat(watch.awaitChange(SHORT)).isEqualTo(Changed.NONE);
        store.disable(id);
        assertThat(watch.awaitChange(SHORT)).isNotEqualTo(Changed.NONE);
      }
    }
  }

  /**
   * Creates a user with all rights on the tokens, with those that the table of keys needs, and with the given rights on the change
   * counter.
   */
  private String user(String rights) {
    String user =
        "user_of_" + Sql.rows(pool, "SELECT current_database()").get(0).get(0);
    Sql.run(pool, "CREATE USER " + user);
    Sql.run(pool, "GRANT ALL ON counterfoil_tokens TO " + user);
    Sql.run(pool, "GRANT SELECT, INSERT ON counterfoil_tokens_once TO " + user);
    Sql.run(pool, "GRANT " + rights + " ON counterfoil_tokens_changes TO " + user);
    return user;
  }

  private String as(String user) {
    return url.replaceFirst("user=\\w+", "user=" + user);
  }

  @ParameterizedTest // invisible: the library in a named module, the driver on the class path
  @ValueSource(booleans = {false, true})
  void a_watch_polls_if_the_driver_is_missing_or_invisible(boolean isInvisible) throws Exception {
    try (HikariDataSource watchers = watchers(2, true)) {
      TokenStore without = (TokenStore) new WithoutDriver(isInvisible)
          .loadClass(JdbcTokenStore.class.getName())
          .getConstructor(DataSource.class)
          .newInstance(watchers);
      try (ChangeWatch watch = without.watch().orElseThrow()) {
        store.disable(id);
        assertThat(watch.awaitChange(SHORT)).isNotEqualTo(Changed.NONE);
        assertThat(watchers.getHikariPoolMXBean().getActiveConnections()).isZero();
      }
    }
  }

  /** Loads the classes of the store again, but none of PostgreSQL's driver. */
  private static final class WithoutDriver extends ClassLoader {
    private static final String OWN = JdbcTokenStore.class.getPackageName() + '.';

    private final boolean isInvisible;

    WithoutDriver(boolean isInvisible) {
      super(JdbcTokenStore.class.getClassLoader());
      this.isInvisible = isInvisible;
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
      if (name.startsWith("org.postgresql.")) {
        if (isInvisible) {
          throw new IllegalAccessError(name);
        }
        throw new ClassNotFoundException(name);
      }
      Class<?> loaded = findLoadedClass(name);
      if (loaded != null || !name.startsWith(OWN)) {
        return loaded != null ? loaded : super.loadClass(name, resolve);
      }
      String file = name.substring(OWN.length()) + ".class";
      try (InputStream in = JdbcTokenStore.class.getResourceAsStream(file)) {
        byte[] bytes = in.readAllBytes();
        return defineClass(name, bytes, 0, bytes.length);
      } catch (java.io.IOException e) {
        throw new ClassNotFoundException(name, e);
      }
    }
  }

  private HikariDataSource watchers(int connections, boolean autoCommit) {
    HikariConfig config = new HikariConfig();
    config.setJdbcUrl(url + "&ApplicationName=" + WATCHERS);
    config.setAutoCommit(autoCommit);
    config.setMaximumPoolSize(connections);
    return new HikariDataSource(config);
  }

  private static FutureTask<Changed> waiting(ChangeWatch watch) {
    FutureTask<Changed> wait = new FutureTask<>(() -> watch.awaitChange(LONG));
    Thread thread = new Thread(wait);
    thread.setDaemon(true);
    thread.start();
    return wait;
  }
}
