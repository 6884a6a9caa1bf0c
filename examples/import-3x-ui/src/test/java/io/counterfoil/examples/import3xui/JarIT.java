package io.counterfoil.examples.import3xui;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Runs the jar. */
class JarIT {
  @TempDir
  Path folder;

  @ParameterizedTest
  @EnumSource(TestDatabase.class)
  void the_jar_has_all_drivers(TestDatabase database) throws Exception {
    String target = "--jdbc-url=" + database.newUrl(folder);
    try (XuiDatabase xui = XuiDatabase.old(folder).token("a", 1, 1_736_000_000)) {
      String from = "--from=" + xui.file;
      CommandRun dry = CommandRun.jar(folder, from, target, "--dry-run");
      CommandRun run = CommandRun.jar(folder, from, target);
      assertThat(run.out()).endsWith("tokens: 1, imported: 1, already there: 0, rejected: 0\n");
      assertThat(dry.out()).endsWith(run.out());
      // The PostgreSQL of the tests does not sync its files, and the store warns of that.
      assertThat((dry.err() + run.err()).lines().filter(line -> !line.contains("(fix: fsync=on)")))
          .isEmpty();
    }
  }

  @Test
  void a_database_that_cannot_be_reached_is_one_line_without_the_password() throws Exception {
    try (XuiDatabase xui = XuiDatabase.old(folder)) {
      for (String more : new String[] {"--dry-run", "--owner="}) {
        CommandRun run = CommandRun.jar(
            folder,
            "--from=" + xui.file,
            "--jdbc-url=jdbc:postgresql://127.0.0.1:1/none?password=sesame-sesame",
            more);
        assertThat(run.err()).startsWith("import: ").hasLineCount(1).doesNotContain("sesame");
        assertThat(run.code()).isEqualTo(1);
      }
    }
  }
}
