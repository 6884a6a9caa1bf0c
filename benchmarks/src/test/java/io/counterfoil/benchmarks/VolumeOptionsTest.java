package io.counterfoil.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class VolumeOptionsTest {

  @Test
  void what_the_usage_shows_are_the_defaults() {
    List<String> shown = Pattern.compile("--[a-z]+=\\S+")
        .matcher(VolumeOptions.USAGE)
        .results()
        .map(MatchResult::group)
        .toList();
    VolumeOptions defaults = VolumeOptions.parse(List.of());
    assertThat(shown).hasSize(2);
    assertThat(VolumeOptions.parse(shown)).isEqualTo(defaults);
    assertThat(defaults.tokens()).isEqualTo(1_000_000);
    assertThat(defaults.engines()).containsExactly(Engine.POSTGRESQL, Engine.SQLITE);
  }

  @Test
  void the_readme_shows_the_command_of_the_usage() throws IOException {
    String command = VolumeOptions.USAGE
        .lines()
        .findFirst()
        .orElseThrow()
        .replace("usage: ", "package && ")
        .replace("counterfoil", "benchmarks/target/counterfoil")
        .replace(" [options]", "\n");
    assertThat(Files.readString(Path.of("README.md"))).contains(command);
  }

  @Test
  void each_option_is_heard() {
    assertThat(VolumeOptions.parse(List.of("--tokens=100", "--database=sqlite")))
        .isEqualTo(new VolumeOptions(100, List.of(Engine.SQLITE), 100));
    assertThat(VolumeOptions.parse(List.of("--database=postgresql")).engines())
        .containsExactly(Engine.POSTGRESQL);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--tokens=99      | --tokens=99 (expected: --tokens=100 to 9999999)",
        "--tokens=1e6     | --tokens=1e6 (expected: --tokens=100 to 9999999)",
        "--tokens=10000000 | --tokens=10000000 (expected: --tokens=100 to 9999999)",
        "--database=mysql | --database=mysql (expected: --tokens=NUMBER or --database=both, postgresql or sqlite)",
        "--help           | --help (expected: --tokens=NUMBER or --database=both, postgresql or sqlite)"
      })
  void what_it_does_not_know_is_refused(String argument, String message) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> VolumeOptions.parse(List.of(argument)))
        .withMessage(message);
  }
}
