package io.counterfoil.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.counterfoil.TokenStoreException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import org.h2.jdbcx.JdbcConnectionPool;
import org.h2.tools.Server;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** An interrupted thread closes the file of an embedded H2, unless H2 opens it asynchronously (I5). */
class H2InterruptTest {
  private static final String WARNING = "an interrupted thread closes its file";
  private static final String FIX = "fix: jdbc:h2:async: instead of jdbc:h2: in its URL";

  @TempDir
  Path folder;

  @Test // I5: Java closes a FileChannel whose thread is interrupted
  void without_async_an_interrupted_change_ends_later_calls_and_the_message_says_why()
      throws SQLException {
    JdbcConnectionPool pool = JdbcConnectionPool.create(url("jdbc:h2:"), "", "");
    JdbcTokenStore store = open(pool);
    long id = store.insert(Samples.token("ci"));
    try (Connection other = pool.getConnection()) { // the pool does not notice that it is dead
      assertThat(other.isClosed()).isFalse();
      assertThat(interrupted(store, id)).isNotNull();
    }
    TokenStoreException later =
        catchThrowableOfType(TokenStoreException.class, () -> store.findById(id));
    assertThat(later)
        .hasMessageContaining("the database is closed")
        .hasMessageContaining(FIX)
        .cause()
        .hasMessageContaining("The database has been closed [90098-");
  }

  @Test // I5
  void with_async_an_interrupted_change_is_made_and_later_calls_work() {
    JdbcConnectionPool pool = JdbcConnectionPool.create(url("jdbc:h2:async:"), "", "");
    JdbcTokenStore store = open(pool);
    long id = store.insert(Samples.token("ci"));
    assertThat(interrupted(store, id)).isNull();
    assertThat(store.findById(id).orElseThrow().enabled()).isFalse();
    pool.dispose();
  }

  @ParameterizedTest
  @ValueSource(strings = {"jdbc:h2:", "jdbc:h2:file:", "jdbc:h2:nio:", "jdbc:h2:nioMapped:"})
  void an_embedded_file_without_async_is_logged(String prefix) {
    assertThat(DatabaseSettingTest.logOfNewStore(url(prefix))).contains("WARN", WARNING, FIX);
  }

  @ParameterizedTest
  @ValueSource(strings = {"jdbc:h2:async:", "jdbc:h2:file:async:", "jdbc:h2:retry:"})
  void a_file_that_survives_interrupts_is_not_logged(String prefix) {
    assertThat(DatabaseSettingTest.logOfNewStore(url(prefix))).doesNotContain("WARN");
  }

  @ParameterizedTest
  @ValueSource(strings = {"jdbc:h2:mem:unlogged", "jdbc:h2:nioMemFS:unlogged;WRITE_DELAY=0"})
  void a_database_in_memory_is_not_logged(String url) {
    assertThat(DatabaseSettingTest.logOfNewStore(url)).doesNotContain("WARN");
  }

  @Test // its own threads use the file
  void a_server_is_not_logged() throws SQLException {
    Server server = Server.createTcpServer("-tcpPort", "0", "-ifNotExists").start();
    try {
      assertThat(DatabaseSettingTest.logOfNewStore(
              url("jdbc:h2:tcp://localhost:" + server.getPort() + '/')))
          .doesNotContain("WARN");
    } finally {
      server.stop();
    }
  }

  private String url(String prefix) {
    return prefix + folder.resolve("tokens") + ";WRITE_DELAY=0;TRACE_LEVEL_FILE=0";
  }

  /** Opens a store that announces nothing: the thread of an announcement could still use the files when JUnit deletes them. */
  private static JdbcTokenStore open(JdbcConnectionPool pool) {
    JdbcTokenStore.createSchema(pool);
    return Samples.silent(pool);
  }

  /** Disables a token in an interrupted thread, and returns the failure or null. */
  private static TokenStoreException interrupted(JdbcTokenStore store, long id) {
    Thread.currentThread().interrupt();
    try {
      store.disable(id);
      return null;
    } catch (TokenStoreException failure) {
      return failure;
    } finally {
      Thread.interrupted();
    }
  }
}
