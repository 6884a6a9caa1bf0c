package io.counterfoil.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The 3x-ui database is only read. */
class Import3xUiSourceTest {
  private static final long SECONDS = 1_736_000_000;

  @TempDir
  Path folder;

  Path source;
  Workplace tool;

  @BeforeEach
  void makeFolder() throws IOException {
    source = Files.createDirectory(folder.resolve("what? 100% x-ui #1"));
    tool = Workplace.onSqlite(folder);
  }

  @Test
  void a_closed_database_stays_unchanged_and_no_file_is_created_beside_it() throws Exception {
    XuiDatabase xui = XuiDatabase.old(source).token("a", 1, SECONDS);
    xui.close();
    Map<String, String> before = files();
    assertThat(before).containsOnlyKeys("x-ui.db");
    assertThat(run().out()).contains("imported: 1,");
    assertThat(run("--dry-run").code()).isZero();
    assertThat(files()).isEqualTo(before);
  }

  @Test
  void while_3x_ui_runs_its_wal_is_read_and_stays_unchanged() throws Exception {
    try (XuiDatabase xui = XuiDatabase.old(source).token("a", 1, SECONDS)) {
      Map<String, String> before = files();
      assertThat(before).containsOnlyKeys("x-ui.db", "x-ui.db-shm", "x-ui.db-wal");
      assertThat(run().out()).contains("imported: 1,");
      assertThat(files()).containsOnlyKeys(before.keySet()).containsAllEntriesOf(content(before));
      xui.token("b", 1, SECONDS);
      assertThat(run().out()).contains("imported: 1, already there: 1,");
    }
  }

  @Test
  void a_database_without_wal_stays_unchanged() throws Exception {
    XuiDatabase xui =
        XuiDatabase.old(source).sql("PRAGMA journal_mode=DELETE").token("a", 1, SECONDS);
    Map<String, String> before = files();
    assertThat(run().out()).contains("imported: 1,");
    assertThat(files()).isEqualTo(before);
    xui.close();
  }

  @Test
  void a_copy_made_while_3x_ui_was_running_is_read_with_its_wal_which_stays_unchanged()
      throws Exception {
    Path copy = Files.createDirectory(folder.resolve("copy"));
    try (XuiDatabase xui = XuiDatabase.old(source)) {
      xui.token("a", 1, SECONDS);
      Files.copy(xui.file, copy.resolve("x-ui.db"));
      Files.copy(source.resolve("x-ui.db-wal"), copy.resolve("x-ui.db-wal"));
    }
    source = copy;
    Map<String, String> before = files();
    CliRun run = run();
    assertThat(run.out()).contains("imported: 1,");
    assertThat(files()).containsAllEntriesOf(before);
  }

  @Test
  void the_3x_ui_database_is_rejected_as_the_target() throws Exception {
    Path copy = Files.createDirectory(folder.resolve("crashed"));
    try (XuiDatabase xui = XuiDatabase.old(source)) {
      xui.token("a", 1, SECONDS);
      for (String name : files().keySet()) {
        Files.copy(source.resolve(name), copy.resolve(name));
      }
    }
    source = copy; // in WAL mode with rows in the -wal file, and not open
    Map<String, String> before = files();
    String own = "jdbc:sqlite:" + copy.resolve("x-ui.db").toUri();
    tool.write("spring.datasource.url=" + own);
    run().invalid("spring.datasource.url: the database of 3x-ui (expected: another one)");
    run("--dry-run")
        .invalid("spring.datasource.url: the database of 3x-ui (expected: another one)");
    assertThat(files()).containsOnlyKeys(before.keySet()).containsAllEntriesOf(content(before));
  }

  private CliRun run(String... more) {
    String[] args = {"import", "3x-ui", source.resolve("x-ui.db").toString()};
    return tool.run(Stream.concat(Stream.of(args), Stream.of(more)).toArray(String[]::new));
  }

  private Map<String, String> files() throws IOException {
    Map<String, String> files = new TreeMap<>();
    try (var found = Files.list(source)) {
      for (Path file : found.toList()) {
        String bytes = HexFormat.of().formatHex(Files.readAllBytes(file));
        files.put(file.getFileName().toString(), bytes);
      }
    }
    return files;
  }

  /** Returns all files except the -shm file, which is shared memory that readers change too. */
  private static Map<String, String> content(Map<String, String> files) {
    Map<String, String> content = new TreeMap<>(files);
    content.remove("x-ui.db-shm");
    return content;
  }
}
