package io.counterfoil.jdbc;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@Tag("slow")
class TwoProcessesTest {

  @ParameterizedTest // G1, H5, M8; only one process can open the files of the others
  @EnumSource(
      value = Database.class,
      mode = EnumSource.Mode.EXCLUDE,
      names = {"H2", "HSQLDB", "DERBY"})
  void if_two_processes_create_tokens_with_the_same_names_each_name_is_used_once(Database database)
      throws Exception {
    String url = database.freshUrl();
    List<Process> processes = List.of(
        JavaProcess.start(TokenCreatorMain.class, url),
        JavaProcess.start(TokenCreatorMain.class, url));
    try {
      for (Process process : processes) {
        assertThat(process.inputReader(UTF_8).readLine()).isEqualTo("ready");
      }
      for (Process process : processes) {
        process.outputWriter(UTF_8).append("go\n").flush();
      }
      Set<String> names = new TreeSet<>();
      int created = 0;
      for (Process process : processes) {
        List<String> own = rest(process);
        assertThat(process.waitFor()).isZero();
        names.addAll(own);
        created += own.size();
      }
      assertThat(names).hasSize(2 * TokenCreatorMain.NAMES);
      assertThat(created).isEqualTo(2 * TokenCreatorMain.NAMES);
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
