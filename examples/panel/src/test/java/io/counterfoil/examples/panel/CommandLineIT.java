package io.counterfoil.examples.panel;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The output and the exit codes of the process. {@link OptionsTest} tests which options are invalid. */
@Tag("slow")
class CommandLineIT {
  private static final String SECRET = "sesame-sesame";

  @TempDir
  Path folder;

  @Test
  void help_is_on_standard_output_with_exit_code_0() throws Exception {
    PanelProcess panel = run("--help");
    assertThat(String.join("\n", panel.lines()) + '\n').isEqualTo(Options.USAGE);
    assertThat(panel.errors()).isEmpty();
    assertThat(panel.exitCode()).isZero();
  }

  @Test
  void an_invalid_option_is_one_line_on_standard_error_with_exit_code_2() throws Exception {
    PanelProcess panel = run("--port=99999");
    assertThat(panel.lines()).isEmpty();
    assertThat(panel.errors()).isEqualTo("panel: --port: 99999 (expected: 0 to 65535)\n");
    assertThat(panel.exitCode()).isEqualTo(2);
    assertThat(run("--jdbc-url=jdbc:mysql:x").errors())
        .isEqualTo("panel: --jdbc-url (expected: a URL that starts with jdbc:sqlite:, jdbc:h2: or"
            + " jdbc:postgresql:)\n");
  }

  @Test // M4
  void a_first_token_that_cannot_be_printed_is_deleted() throws Exception {
    PanelProcess panel = PanelProcess.begin(folder);
    panel.closeOutput();
    assertThat(panel.exitCode()).isEqualTo(1);
    assertThat(panel.errors()).contains("event=created id=1", "event=deleted id=1", "panel: ");
    PanelProcess command = run("--create-token=bootstrap");
    assertThat(command.exitCode()).isZero();
    assertThat(command.newToken()).startsWith("cf_");
  }

  @Test
  void an_invalid_token_name_is_an_invalid_option() throws Exception {
    PanelProcess panel = run("--create-token= ");
    assertThat(panel.errors())
        .startsWith("panel: --create-token: name: white space at an end")
        .hasLineCount(1);
    assertThat(panel.exitCode()).isEqualTo(2);
  }

  @Test
  void a_port_in_use_does_not_use_up_the_first_token() throws Exception {
    try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      PanelProcess panel = run("--port=" + other.getLocalPort());
      assertThat(panel.lines()).isEmpty();
      assertThat(panel.errors())
          .startsWith("panel: ")
          .contains("Address already in use")
          .hasLineCount(1);
      assertThat(panel.exitCode()).isEqualTo(1);
    }
    try (PanelProcess panel = PanelProcess.start(folder)) {
      assertThat(panel.hasFirstToken()).isTrue();
    }
  }

  @Test // C5, L1
  void a_database_that_cannot_be_reached_is_one_line_without_the_password() throws Exception {
    PanelProcess panel = PanelProcess.run(
        folder,
        Map.of("PANEL_JDBC_PASSWORD", SECRET),
        "--jdbc-url=jdbc:postgresql://127.0.0.1:1/none?password=" + SECRET);
    assertThat(panel.errors()).startsWith("panel: ").hasLineCount(1).doesNotContain(SECRET);
    assertThat(panel.exitCode()).isEqualTo(1);
  }

  @Test
  void user_and_password_come_from_the_environment_too() throws Exception {
    String option = "--jdbc-url=jdbc:h2:./locked";
    Map<String, String> environment =
        Map.of("PANEL_JDBC_USER", "panel", "PANEL_JDBC_PASSWORD", SECRET);
    PanelProcess created = PanelProcess.run(folder, environment, option, "--create-token=first");
    assertThat(created.newToken()).startsWith("cf_");
    PanelProcess stranger = run(option, "--create-token=second");
    assertThat(stranger.exitCode()).isEqualTo(1);
    PanelProcess owner =
        run(option, "--jdbc-user=panel", "--jdbc-password=" + SECRET, "--create-token=second");
    assertThat(owner.newToken()).startsWith("cf_");
  }

  private PanelProcess run(String... args) throws Exception {
    return PanelProcess.run(folder, Map.of(), args);
  }
}
