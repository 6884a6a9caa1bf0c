package io.counterfoil.examples.panel;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** The README shows the commands of the panel. */
class ReadmeTest {
  private static final Path README = Path.of("../../README.md");

  @Test
  void the_commands_that_the_panel_prints_are_those_of_the_readme() throws IOException {
    String printed = ExampleCommands.toTry("http://127.0.0.1:8080/");
    assertThat(Files.readString(README))
        .contains(printed.substring(printed.indexOf("curl")).strip());
  }
}
