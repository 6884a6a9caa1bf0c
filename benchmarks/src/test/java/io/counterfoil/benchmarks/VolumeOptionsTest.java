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
    assertThat(shown).hasSize(3);
    assertThat(VolumeOptions.parse(shown)).isEqualTo(defaults);
    assertThat(defaults.tokens()).isEqualTo(1_000_000);
    assertThat(defaults.engines()).containsExactly(Engine.POSTGRESQL, Engine.SQLITE);
  }

  @Test
  void the_documents_show_the_command_of_the_usage() throws IOException {
    String command = VolumeOptions.USAGE
        .lines()
        .findFirst()
        .orElseThrow()
        .replace("usage: ", "package && ")
        .replace("counterfoil", "benchmarks/target/counterfoil")
        .replace(" [options]", "\n");
    assertThat(Files.readString(Path.of("../README.md"))).contains(command);
    assertThat(Files.readString(Path.of("README.md"))).contains(command);
  }

  @Test
  void each_option_is_heard() {
    assertThat(VolumeOptions.parse(List.of("--tokens=100", "--database=sqlite", "--rounds=7")))
        .isEqualTo(new VolumeOptions(false, 100, List.of(Engine.SQLITE), 7));
    assertThat(VolumeOptions.parse(List.of("--database=postgresql")).engines())
        .containsExactly(Engine.POSTGRESQL);
    assertThat(VolumeOptions.parse(List.of("--help")).help()).isTrue();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--token=100      | --token (expected: one of --tokens, --database, --rounds, --help)",
        "--tokens         | --tokens (expected: --tokens=VALUE)",
        "--tokens=99      | --tokens: 99 (expected: 100 to 9999999)",
        "--tokens=1e6     | --tokens: 1e6 (expected: 100 to 9999999)",
        "--rounds=0       | --rounds: 0 (expected: 1 to 999)",
        "--database=mysql | --database: mysql (expected: both, postgresql or sqlite)",
        "--help=yes       | --help=yes (expected: --help)"
      })
  void what_it_does_not_know_is_refused(String argument, String message) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> VolumeOptions.parse(List.of(argument)))
        .withMessage(message);
  }
}
