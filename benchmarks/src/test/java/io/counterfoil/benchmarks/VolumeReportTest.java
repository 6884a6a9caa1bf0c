package io.counterfoil.benchmarks;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class VolumeReportTest {

  @ParameterizedTest
  @EnumSource
  void the_report_contains_sizes_and_times(Database database) throws Exception {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    VolumeReport.print(database, 600, new PrintStream(out, true, UTF_8));
    assertThat(out.toString(UTF_8))
        .contains(database + ", 600 tokens")
        .containsPattern("(?m)^\\| table \\| [1-9][0-9]+ \\| ")
        .containsPattern("(?m)^\\| index on hash \\| [1-9][0-9]+ \\| ")
        .containsPattern("(?m)^\\| all \\| [1-9][0-9]+ \\| ")
        .containsPattern("(?m)^\\| list\\(\\) \\| 600 \\| ")
        .containsPattern("(?m)^\\| deleteExpired\\(\\) \\| 60 \\| ")
        .containsPattern("(?m)^\\| list\\(\\) afterwards \\| 540 \\| ")
        .containsPattern("(?m)^\\| disabled \\| 10 \\| [0-9.]+ \\| [0-9.]+ \\| [0-9.]+ \\|$")
        .containsPattern("(?m)^\\| expired \\| 180 \\| ")
        .containsPattern("(?m)^\\| rare text \\| 10 \\| ");
  }
}
