package io.counterfoil.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Arguments, output, exit codes and audit events. */
class OutputTest {
  private static final String PLAINTEXT = "acme_rB6evmeRX9NeUU7kQI7jp6x9rAr30jLhznCgbpBbMVq0vpGcY";

  @TempDir
  Path folder;

  Workplace tool;

  @BeforeEach
  void createTables() {
    tool = Workplace.onSqlite(folder);
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', textBlock = """
      list X                      | an argument: unknown (expected: counterfoil list --help)
      list --owner=a --owner=X    | --owner: more than once (expected: once)
      list --onwer=X              | --onwer: unknown (expected: counterfoil list --help)
      list --output=X             | --output: unknown form (expected: table or json)
      list --enabled=X            | --enabled: invalid (expected: counterfoil list --help)
      list --enabled --disabled   | --enabled: together with --disabled (expected: one of them)
      list --unused-for=PT9223372036854775807S | --unused-for: too long (expected: at most 36500d)
      rotate 1 --overlap=36501d   | --overlap: too long (expected: at most 36500d)
      list --unused-for=X         | --unused-for: not a duration (expected: a number with a unit, such as 30s, 15m, 12h or 90d)
      X                           | an argument: unknown (expected: counterfoil --help)
      identify X                  | an argument: unknown (expected: counterfoil identify --help)
      disable X                   | ID: not an id (expected: the number in the first column of list)
      disable                     | ID: missing (expected: ids, --owner or --all)
      disable 1 --all             | several selections (expected: ids, --owner or --all)
      disable --owner=            | --owner: empty (expected: an owner)
      delete --owner=             | --owner: empty (expected: an owner)
      delete                      | ID: missing (expected: ids, or --owner)
      delete 1 --owner=a          | several selections (expected: ids, or --owner)
      enable 0                    | ID: not an id (expected: the number in the first column of list)
      rotate 1                    | --overlap: missing (expected: counterfoil rotate --help)
      rotate 1 --overlap=PT-1S    | --overlap: negative (expected: 0s or more)
      prune --expired-for=PT-1S   | --expired-for: negative (expected: 0s or more)
      create                      | NAME: missing (expected: counterfoil create --help)
      create a --unrestricted --scope=b | --scope: together with --unrestricted (expected: one of them)
      create a --expires-in=1d --never-expires | several expiries (expected: one of --expires-in, --expires-at and --never-expires)
      create a --expires-at=X     | --expires-at: not an instant (expected: a time in UTC, such as 2027-01-31T00:00:00Z)
      import csv                  | FILE: missing (expected: counterfoil import csv --help)
      list --drivers=X            | --drivers: no jar there (expected: a jar, or a folder with jars)
      """)
  void an_invalid_argument_is_one_line_that_does_not_quote_it(String args, String message) {
    tool.run(args.replace("X", PLAINTEXT).split(" ")).invalid(message);
  }

  @Test
  void without_a_command_the_tool_names_the_help() {
    tool.runExactly("", List.of()).invalid("no command (expected: counterfoil --help)");
    tool.runExactly("", List.of("import"))
        .invalid("no system (expected: counterfoil import --help)");
    assertThat(tool.runExactly("", List.of("--help")).done().out())
        .contains("create", "list", "identify", "disable", "enable", "rotate", "delete", "prune")
        .contains("import", "migrate", "check", "Exit codes:");
    assertThat(tool.runExactly("", List.of("import", "--help")).done().out())
        .contains("3x-ui", "sanctum", "csv");
  }

  @Test
  void an_argument_in_another_encoding_is_refused() {
    tool.run("create", "a\ufffd")
        .invalid(
            "an argument: not in the encoding of the locale (expected: for example, LC_ALL=C.UTF-8)");
  }

  @Test
  void a_file_name_with_an_at_sign_is_not_read_as_arguments() {
    Path file = tool.file("args", "--unrestricted");
    tool.run("create", "@" + file).done();
    assertThat(tool.run("list").out()).contains("@" + file);
  }

  @Test // A program that writes to the database may be hostile.
  void names_in_the_database_cannot_control_the_terminal() throws Exception {
    tool.run("create", "a").done();
    try (Connection connection =
            DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("tokens.db"));
        PreparedStatement update = connection.prepareStatement(
            "UPDATE counterfoil_tokens SET name = ?, owner = ?, description = ?")) {
      update.setString(1, "\u001b]0;x\u0007\u001b[2J\r\nid 2\u202e");
      update.setString(2, "\u009b31m\u200b");
      update.setString(3, "\u001b[2J");
      update.execute();
    }
    String table = tool.run("list").done().out();
    assertThat(table)
        .hasLineCount(2)
        .contains("\\u{9b}31m\\u{200b}", "\\u{1b}]0;x\\u{7}\\u{1b}[2J\\u{d}\\u{a}id 2\\u{202e}");
    String json = tool.run("list", "--output=json").done().out();
    assertThat(json).hasLineCount(1).contains("\\u001b[2J\\u000d\\u000aid 2\\u202e");
    for (String out : new String[] {table, json}) {
      assertThat(out.chars().filter(c -> c != '\n')).allMatch(c -> c >= 0x20 && c < 0x7f);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"create a", "rotate 1 --overlap=0s"})
  void a_plaintext_that_cannot_be_written_is_a_failure_that_names_the_token(String command) {
    if (command.startsWith("rotate")) {
      tool.run("create", "first").done();
    }
    OutputStream full = new OutputStream() {
      @Override
      public void write(int b) throws IOException {
        throw new IOException("no space left on device");
      }
    };
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    Terminal terminal = new Terminal(
        new ByteArrayInputStream(new byte[0]),
        new PrintStream(full, true, UTF_8),
        new PrintStream(err, true, UTF_8),
        Map.of());
    assertThat(Counterfoil.run(tool.all(command.split(" ")), terminal)).isEqualTo(3);
    assertThat(err.toString(UTF_8))
        .isEqualTo("counterfoil: the plaintext cannot be written to"
            + " standard output, and is lost; rotate or delete token 1\n");
  }

  @Test
  void each_change_is_an_audit_event_in_the_name_of_the_operator() throws IOException {
    Path audit = folder.resolve("audit.log");
    tool.run("create", "a\"b", "--owner=ann", "--audit=" + audit).done();
    tool.run("disable", "1", "--audit=" + audit).done();
    CliRun all = tool.run("disable", "--all", "--audit=-").done();
    String actor = "actor=\"?user:cli:" + System.getProperty("user.name") + "\"?.*\n?";
    List<String> lines = Files.readAllLines(audit);
    assertThat(lines).hasSize(2);
    assertThat(lines.get(0)).matches("20[-0-9T:.]+Z .*" + actor).contains("a\\\"b");
    assertThat(lines.get(1)).matches("20[-0-9T:.]+Z .*" + actor);
    assertThat(all.err()).matches("20[-0-9T:.]+Z .*" + actor);
  }

  @Test
  void without_a_place_for_audit_events_nothing_is_changed() {
    CliRun run = tool.run("create", "a", "--audit=" + folder.resolve("none").resolve("audit.log"));
    assertThat(run.code()).isEqualTo(3);
    assertThat(run.err()).isEqualTo("counterfoil: --audit: the file cannot be opened\n");
    assertThat(tool.run("list").out()).isEmpty();
  }

  @Test
  void expired_tokens_are_pruned_and_a_dry_run_only_counts_them() {
    StringBuilder csv = new StringBuilder("name,sha256,expires_at\n");
    for (int i = 0; i < 501; i++) {
      csv.append("t" + i + ',' + XuiDatabase.hash("t" + i) + ",2020-01-01T00:00:00Z\n");
    }
    tool.run("import", "csv", tool.file("old.csv", csv.toString()).toString()).done();
    tool.run("create", "live", "--expires-in=1d").done();
    assertThat(tool.run("prune", "--dry-run").done().out())
        .isEqualTo("would be deleted: 501 tokens\n");
    assertThat(tool.run("list", "--expired").out()).hasLineCount(502);
    assertThat(tool.run("prune", "--expired-for=36500d").done().out())
        .isEqualTo("deleted: 0 tokens\n");
    assertThat(tool.run("prune", "--output=json").done().out())
        .isEqualTo("{\"outcome\":\"deleted\",\"count\":501}\n");
    assertThat(tool.run("list", "--expires-within=2d").out()).hasLineCount(2).contains(" live ");
    assertThat(tool.run("list", "--unused-for=1d", "--name=LIV", "--scope=x").out())
        .isEmpty();
  }

  @Test
  void check_reports_each_problem_with_its_fix() throws Exception {
    try (Connection connection =
            DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("tokens.db"));
        PreparedStatement drop =
            connection.prepareStatement("DROP TABLE counterfoil_tokens_once")) {
      drop.execute();
    }
    assertThat(tool.run("check").refused().out())
        .startsWith(
            "problem: table counterfoil_tokens_once: there is no such table (fix: counterfoil migrate, or ");
    CliRun list = tool.run("list");
    assertThat(list.code()).isEqualTo(3);
    assertThat(list.err())
        .startsWith(
            "counterfoil: table counterfoil_tokens_once: there is no such table (fix: counterfoil migrate, or ");
    assertThat(tool.run("migrate").done().out()).contains("table counterfoil_tokens\n");
    tool.run("check").done();
  }
}
