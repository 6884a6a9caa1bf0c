package io.counterfoil.jdbc;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class TwoProcessesTest {

  @ParameterizedTest // G1, H5; the files of the others belong to one process
  @EnumSource(
      value = Database.class,
      mode = EnumSource.Mode.EXCLUDE,
      names = {"H2", "HSQLDB", "DERBY"})
  void of_two_processes_that_want_the_same_names_each_name_goes_to_one(Database database)
      throws Exception {
    String url = database.freshUrl();
    List<Process> processes =
        List.of(Program.start(NameTaker.class, url), Program.start(NameTaker.class, url));
    try {
      for (Process process : processes) {
        assertThat(process.inputReader(UTF_8).readLine()).isEqualTo("ready");
      }
      for (Process process : processes) {
        process.outputWriter(UTF_8).append("go\n").flush();
      }
      Set<String> names = new TreeSet<>();
      int wins = 0;
      for (Process process : processes) {
        List<String> won = rest(process);
        assertThat(process.waitFor()).isZero();
        names.addAll(won);
        wins += won.size();
      }
      assertThat(names).hasSize(NameTaker.NAMES);
      assertThat(wins).isEqualTo(NameTaker.NAMES);
    } finally {
      processes.forEach(Process::destroyForcibly);
    }
  }

  private static List<String> rest(Process process) throws IOException {
    try (BufferedReader reader = process.inputReader(UTF_8);
        Stream<String> lines = reader.lines()) {
      return lines.toList();
    }
  }
}
