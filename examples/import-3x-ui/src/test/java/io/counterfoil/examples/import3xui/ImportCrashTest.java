package io.counterfoil.examples.import3xui;

import static io.counterfoil.examples.import3xui.Databases.host;
import static io.counterfoil.examples.import3xui.Panel.plaintext;
import static org.assertj.core.api.Assertions.assertThat;

import io.counterfoil.Verdict;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The command killed (SIGKILL) in the middle of its work. */
class ImportCrashTest {
  private static final long SECONDS = 1_736_000_000;
  private static final int MANY = 1500;

  @TempDir
  Path folder;

  @ParameterizedTest
  @EnumSource(Databases.class)
  void killed_half_way_and_run_again_it_has_lost_nothing_and_taken_nothing_twice(Databases database)
      throws Exception {
    String url = database.freshUrl(folder);
    try (Panel panel = Panel.old(folder)) {
      panel.sql("BEGIN");
      for (int i = 0; i < MANY; i++) {
        panel.token("t" + i, 1, SECONDS);
      }
      panel.sql("COMMIT");
      Run killed = Run.killed(folder, 20, panel, url);
      assertThat(killed.code()).as("killed").isEqualTo(128 + 9);
      Run again = Run.here(panel, url);
      assertThat(again.code()).isZero();
      Set<String> there = again.labels("there already");
      assertThat(there)
          .as("what was said to be done, was")
          .containsAll(killed.labels("imported"))
          .as("and the kill came in the middle")
          .hasSizeBetween(20, MANY - 1);
      assertThat(again.labels("imported"))
          .hasSize(MANY - there.size())
          .doesNotContainAnyElementsOf(there);
      assertThat(Run.here(panel, url, "--dry-run").labels("there already")).hasSize(MANY);
    }
    host(url, tokens -> {
      assertThat(tokens.list()).hasSize(MANY);
      for (int i = 0; i < MANY; i++) {
        assertThat(tokens.authenticate(plaintext("t" + i))).isInstanceOf(Verdict.Accepted.class);
      }
    });
  }
}
