package io.counterfoil.testing.databases;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.security.auth.module.UnixSystem;
import java.sql.DriverManager;
import org.junit.jupiter.api.Test;

class UnprivilegedServerTest {

  @Test
  void a_server_started_by_root_does_not_run_as_root() throws Exception {
    boolean root = System.getProperty("os.name").equals("Linux") && new UnixSystem().getUid() == 0;
    assumeTrue(root, "only root can start a process as somebody else");
    assumeTrue(!PostgreSql.isSwitchedOff(), PostgreSql.SWITCHED_OFF);
    UnprivilegedServer server = UnprivilegedServer.start();
    try (var connection = DriverManager.getConnection(server.url("postgres"));
        var statement = connection.createStatement();
        var results = statement.executeQuery("SELECT current_setting('data_directory')")) {
      assertThat(results.next()).isTrue();
      assertThat(results.getString(1)).endsWith("/data");
    }
  }
}
