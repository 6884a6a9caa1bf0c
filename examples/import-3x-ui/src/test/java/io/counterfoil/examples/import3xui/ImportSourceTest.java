package io.counterfoil.examples.import3xui;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The database of 3x-ui: read, never written. */
class ImportSourceTest {
  private static final long SECONDS = 1_736_000_000;

  @TempDir
  Path folder;

  Path source;
  String url;

  @BeforeEach
  void makeFolder() throws IOException {
    source = Files.createDirectory(folder.resolve("what? 100% x-ui #1"));
    url = "jdbc:sqlite:" + folder.resolve("tokens.db");
  }

  @Test
  void at_rest_it_stays_as_it_is_and_gets_no_file_beside_it() throws Exception {
    Panel panel = Panel.old(source).token("a", 1, SECONDS);
    panel.close();
    Map<String, String> before = files();
    assertThat(before).containsOnlyKeys("x-ui.db");
    assertThat(Run.here(panel, url).out()).contains("imported: 1,");
    assertThat(Run.here(panel, url, "--dry-run").code()).isZero();
    assertThat(files()).isEqualTo(before);
  }

  @Test
  void with_3x_ui_running_what_is_in_its_wal_is_read_and_stays_there() throws Exception {
    try (Panel panel = Panel.old(source).token("a", 1, SECONDS)) {
      Map<String, String> before = files();
      assertThat(before).containsOnlyKeys("x-ui.db", "x-ui.db-shm", "x-ui.db-wal");
      assertThat(Run.here(panel, url).out()).contains("imported: 1,");
      assertThat(files()).containsOnlyKeys(before.keySet()).containsAllEntriesOf(content(before));
      panel.token("b", 1, SECONDS);
      assertThat(Run.here(panel, url).out()).contains("imported: 1, there already: 1,");
    }
  }

  @Test
  void without_wal_it_stays_as_it_is_too() throws Exception {
    Panel panel = Panel.old(source).sql("PRAGMA journal_mode=DELETE").token("a", 1, SECONDS);
    Map<String, String> before = files();
    assertThat(Run.here(panel, url).out()).contains("imported: 1,");
    assertThat(files()).isEqualTo(before);
    panel.close();
  }

  @Test
  void a_copy_made_while_3x_ui_was_running_is_read_whole_and_keeps_its_wal() throws Exception {
    Path copy = Files.createDirectory(folder.resolve("copy"));
    try (Panel panel = Panel.old(source)) {
      panel.token("a", 1, SECONDS);
      Files.copy(panel.file, copy.resolve("x-ui.db"));
      Files.copy(source.resolve("x-ui.db-wal"), copy.resolve("x-ui.db-wal"));
    }
    source = copy;
    Map<String, String> before = files();
    Run run = Run.here("--from=" + copy.resolve("x-ui.db"), "--jdbc-url=" + url);
    assertThat(run.out()).contains("imported: 1,");
    assertThat(files()).containsAllEntriesOf(before);
  }

  @Test
  void it_is_not_taken_for_the_place_where_tokens_go_to() throws Exception {
    Path copy = Files.createDirectory(folder.resolve("crashed"));
    try (Panel panel = Panel.old(source)) {
      panel.token("a", 1, SECONDS);
      for (String name : files().keySet()) {
        Files.copy(source.resolve(name), copy.resolve(name));
      }
    }
    source = copy; // in WAL mode with rows in the -wal, and nobody has it open
    Map<String, String> before = files();
    String own = "jdbc:sqlite:" + copy.resolve("x-ui.db").toUri();
    for (String more : new String[] {"--dry-run", "--owner="}) {
      Run run = Run.here("--from=" + copy.resolve("x-ui.db"), "--jdbc-url=" + own, more);
      assertThat(run.err())
          .isEqualTo("import: --jdbc-url: the database of 3x-ui (expected: another one)\n");
      assertThat(run.code()).isEqualTo(1);
    }
    assertThat(files()).containsOnlyKeys(before.keySet()).containsAllEntriesOf(content(before));
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

  /** All but the -shm: it is where processes that share the database leave notes for each other, readers too. */
  private static Map<String, String> content(Map<String, String> files) {
    Map<String, String> content = new TreeMap<>(files);
    content.remove("x-ui.db-shm");
    return content;
  }
}
