package io.counterfoil.examples.import3xui;

import static io.counterfoil.examples.import3xui.TestDatabase.host;
import static io.counterfoil.examples.import3xui.XuiDatabase.plaintext;
import static org.assertj.core.api.Assertions.assertThat;

import io.counterfoil.Verdict;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The command is killed (SIGKILL) during the import, and run again. */
class ImportCrashTest {
  private static final long SECONDS = 1_736_000_000;
  private static final int MANY = 1500;

  @TempDir
  Path folder;

  @ParameterizedTest
  @EnumSource(TestDatabase.class)
  void a_run_that_is_killed_and_repeated_loses_no_token_and_imports_none_twice(
      TestDatabase database) throws Exception {
    String url = database.newUrl(folder);
    try (XuiDatabase xui = XuiDatabase.old(folder)) {
      xui.sql("BEGIN");
      for (int i = 0; i < MANY; i++) {
        xui.token("t" + i, 1, SECONDS);
      }
      xui.sql("COMMIT");
      CommandRun killed = CommandRun.killed(folder, 20, xui, url);
      assertThat(killed.code()).as("killed").isEqualTo(128 + 9);
      CommandRun again = CommandRun.here(xui, url);
      assertThat(again.code()).isZero();
      Set<String> there = again.labels("already there");
      assertThat(there)
          .as("every printed import is committed")
          .containsAll(killed.labels("imported"))
          .as("the kill came in the middle")
          .hasSizeBetween(20, MANY - 1);
      assertThat(again.labels("imported"))
          .hasSize(MANY - there.size())
          .doesNotContainAnyElementsOf(there);
      assertThat(CommandRun.here(xui, url, "--dry-run").labels("already there")).hasSize(MANY);
    }
    host(url, tokens -> {
      assertThat(tokens.list()).hasSize(MANY);
      for (int i = 0; i < MANY; i++) {
        assertThat(tokens.authenticate(plaintext("t" + i))).isInstanceOf(Verdict.Accepted.class);
      }
    });
  }
}
