package io.counterfoil.examples.springboot;

import static org.assertj.core.api.Assertions.assertThat;

import io.counterfoil.testing.DocumentedCommands;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands of README.md. */
class ReadmeTest {
  @Test
  void each_command_prints_what_its_comment_says(@TempDir Path folder) throws Exception {
    try (RunningApplication server = RunningApplication.start(folder)) {
      assertThat(DocumentedCommands.problems(Path.of("README.md"), server.address(), folder))
          .isEmpty();
    }
  }
}
