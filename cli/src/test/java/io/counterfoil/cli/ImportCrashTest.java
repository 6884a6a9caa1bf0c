package io.counterfoil.cli;

import static io.counterfoil.cli.XuiDatabase.hash;
import static io.counterfoil.cli.XuiDatabase.plaintext;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

/** The tool is killed (SIGKILL) during an import, and run again. */
class ImportCrashTest {
  private static final int MANY = 1500;

  @TempDir
  Path folder;

  @ParameterizedTest
  @EnumSource(mode = Mode.EXCLUDE, names = "HSQLDB") // A killed process locks its file for 10 s.
  void an_import_that_is_killed_and_repeated_loses_no_token_and_imports_none_twice(
      TestDatabase database) throws Exception {
    Workplace tool = new Workplace(folder);
    tool.write("spring.datasource.url=" + database.newUrl(folder));
    // In its own process, because Derby would stay open in this one.
    ChildProcess.ofClasses().run(tool, "", "migrate").done();
    String file = tool.file("tokens.csv", csv()).toString();
    CliRun killed = ChildProcess.ofClasses().killed(tool, 20, "import", "csv", file);
    assertThat(killed.code()).as("killed").isEqualTo(128 + 9);
    CliRun again = tool.run("import", "csv", file).done();
    Set<String> there = again.rows("already there");
    assertThat(there)
        .as("every printed import is committed")
        .containsAll(killed.rows("imported"))
        .as("the kill came in the middle")
        .hasSizeBetween(20, MANY - 1);
    assertThat(again.rows("imported"))
        .hasSize(MANY - there.size())
        .doesNotContainAnyElementsOf(there);
    assertThat(tool.run("import", "csv", file).done().rows("already there")).hasSize(MANY);
    CliRun list = tool.run("list", "--output=json").done();
    assertThat(list.out().lines()).hasSize(MANY);
    assertThat(list.out().lines().filter(line -> line.contains("\"enabled\":false")))
        .as("no disabled token was enabled, not even for a moment before the kill")
        .hasSize(MANY / 2);
    for (int i : new int[] {0, 19, 20, MANY - 1}) {
      assertThat(tool.runWith(plaintext("t" + i), "identify").done().out())
          .contains(" t" + i + ' ');
    }
  }

  private static String csv() {
    StringBuilder csv = new StringBuilder("name,sha256,enabled,created_at\n");
    for (int i = 0; i < MANY; i++) {
      csv.append('t').append(i).append(',').append(hash(plaintext("t" + i)));
      csv.append(i % 2 == 0 ? ",true" : ",false").append(",2025-01-04T14:13:20Z\n");
    }
    return csv.toString();
  }
}
