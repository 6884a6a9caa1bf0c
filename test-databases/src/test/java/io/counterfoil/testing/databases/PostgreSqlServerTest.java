package io.counterfoil.testing.databases;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

@EnabledOnOs(value = OS.LINUX, disabledReason = "PostgreSqlServer is tested on Linux only")
class PostgreSqlServerTest {

  @Test
  void a_killed_server_restarts_with_its_committed_data_and_a_closed_server_leaves_nothing_behind()
      throws Exception {
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
      assertThat(query(url, "SELECT count(*) FROM kept")).isEqualTo("0");
      assertThat(query(url, "SHOW fsync")).isEqualTo("on");
      folder = Path.of(query(url, "SHOW data_directory")).getParent();
      assertThat(folder).exists();
    }
    assertThat(folder).doesNotExist();
    assertThatThrownBy(() -> DriverManager.getConnection(url)).isInstanceOf(SQLException.class);
  }

  private static String query(String url, String sql) throws SQLException {
    try (Connection connection = DriverManager.getConnection(url);
        Statement statement = connection.createStatement();
        ResultSet results = statement.executeQuery(sql)) {
      assertThat(results.next()).isTrue();
      return results.getString(1);
    }
  }
}
