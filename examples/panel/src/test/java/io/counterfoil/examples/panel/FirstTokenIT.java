package io.counterfoil.examples.panel;

import static io.counterfoil.examples.panel.PanelProcess.API;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The first token of a new store (M4). */
@Tag("slow")
class FirstTokenIT {
  @TempDir
  Path folder;

  @ParameterizedTest // M4
  @EnumSource(TestDatabase.class)
  void tokens_work_after_a_restart_and_no_second_first_token_is_made(TestDatabase database)
      throws Exception {
    database.assumeSqliteOrThorough();
    String option = database.newDatabaseOption();
    String first;
    String bot;
    try (PanelProcess panel = PanelProcess.start(folder, option)) {
      first = panel.firstToken();
      bot = Responses.plaintext(panel.post(API + "/create", first, "{\"name\":\"bot\"}"));
      assertThat(panel.lines().stream().filter(line -> line.contains(first))).hasSize(1);
      assertThat(panel.errors()).doesNotContain(first, bot);
    }
    try (PanelProcess panel = PanelProcess.start(folder, option)) {
      assertThat(panel.hasFirstToken()).isFalse();
      assertThat(panel.status(bot)).isEqualTo(200);
      assertThat(panel.status(first)).isEqualTo(200);
    }
  }

  @ParameterizedTest // M4
  @EnumSource(TestDatabase.class)
  void no_first_token_is_made_where_all_tokens_were_deleted(TestDatabase database)
      throws Exception {
    database.assumeSqliteOrThorough();
    String option = database.newDatabaseOption();
    try (PanelProcess panel = PanelProcess.start(folder, option)) {
      panel.post(API + "/delete/1", panel.firstToken(), "");
      assertThat(panel.status(panel.firstToken())).isEqualTo(401);
    }
    try (PanelProcess panel = PanelProcess.start(folder, option)) {
      assertThat(panel.hasFirstToken()).isFalse();
      assertThat(panel.errors()).contains("--create-token=NAME");
    }
    PanelProcess command =
        PanelProcess.run(folder, Map.of(), option, "--create-token=rescue"); // M3
    assertThat(command.exitCode()).isZero();
    try (PanelProcess panel = PanelProcess.start(folder, option)) {
      assertThat(panel.status(command.newToken())).isEqualTo(200);
      assertThat(panel.get(API, command.newToken()).body())
          .contains("rescue")
          .doesNotContain("bootstrap");
    }
  }

  @ParameterizedTest // M4, H5; only one process can open an H2 file
  @EnumSource(value = TestDatabase.class, mode = EnumSource.Mode.EXCLUDE, names = "H2")
  void of_panels_that_start_at_once_on_one_database_one_makes_it(TestDatabase database)
      throws Exception {
    String option = database.newDatabaseOption();
    List<PanelProcess> panels = List.of(
        PanelProcess.begin(folder, option),
        PanelProcess.begin(folder, option),
        PanelProcess.begin(folder, option));
    try {
      for (PanelProcess panel : panels) {
        panel.awaitListening();
      }
      List<String> plaintexts = panels.stream()
          .filter(PanelProcess::hasFirstToken)
          .map(PanelProcess::firstToken)
          .toList();
      assertThat(plaintexts).hasSize(1);
      for (PanelProcess panel : panels) {
        assertThat(panel.status(plaintexts.get(0))).isEqualTo(200);
      }
    } finally {
      panels.forEach(PanelProcess::close);
    }
  }

  @Test
  void tokens_in_memory_end_with_the_process() throws Exception {
    String first;
    try (PanelProcess panel = PanelProcess.start(folder, "--store=memory")) {
      first = panel.firstToken();
      assertThat(panel.status(first)).isEqualTo(200);
    }
    try (PanelProcess panel = PanelProcess.start(folder, "--store=memory")) {
      assertThat(panel.firstToken()).isNotEqualTo(first);
      assertThat(panel.status(first)).isEqualTo(401);
    }
    try (Stream<Path> files = Files.list(folder)) {
      assertThat(files).noneMatch(file -> file.toString().endsWith(".db"));
    }
  }
}
