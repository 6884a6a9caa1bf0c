package io.counterfoil.testing.databases;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

@EnabledOnOs(value = OS.LINUX, disabledReason = "PostgreSqlServer is for Linux")
class PostgreSqlServerTest {

  @Test
  void a_killed_server_comes_back_with_what_it_had_committed_and_of_a_closed_one_nothing_is_left()
      throws Exception {
    assumeFalse(PostgreSql.isSwitchedOff(), PostgreSql.SWITCHED_OFF);
    Path folder;
    String url;
    try (PostgreSqlServer server = PostgreSqlServer.start()) {
      url = server.url("postgres");
      try (Connection connection = DriverManager.getConnection(url);
          Statement statement = connection.createStatement()) {
        statement.execute("CREATE TABLE kept (id INT)");
        server.kill();
        assertThatThrownBy(() -> statement.execute("SELECT 1")).isInstanceOf(SQLException.class);
      }
      server.restart();
      assertThat(answer(url, "SELECT count(*) FROM kept")).isEqualTo("0");
      assertThat(answer(url, "SHOW fsync")).isEqualTo("on");
      folder = Path.of(answer(url, "SHOW data_directory")).getParent();
      assertThat(folder).exists();
    }
    assertThat(folder).doesNotExist();
    assertThatThrownBy(() -> DriverManager.getConnection(url)).isInstanceOf(SQLException.class);
  }

  private static String answer(String url, String query) throws SQLException {
    try (Connection connection = DriverManager.getConnection(url);
        Statement statement = connection.createStatement();
        ResultSet results = statement.executeQuery(query)) {
      assertThat(results.next()).isTrue();
      return results.getString(1);
    }
  }
}
