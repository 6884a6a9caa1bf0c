package io.counterfoil.examples.mcp;

import static org.assertj.core.api.Assertions.assertThat;

import io.counterfoil.testing.DocumentedCommands;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;

/** The commands of README.md. */
class ReadmeTest {
  @Test
  void each_command_prints_what_its_comment_says(@TempDir Path folder) throws Exception {
    try (ConfigurableApplicationContext server = SpringApplication.run(
        McpExample.class,
        "--server.port=0",
        "--spring.datasource.url=jdbc:h2:async:" + folder.resolve("tokens") + ";WRITE_DELAY=0",
        "--counterfoil.first-token-file=" + folder.resolve("first-token.txt"))) {
      String address =
          "http://127.0.0.1:" + server.getEnvironment().getRequiredProperty("local.server.port");
      assertThat(DocumentedCommands.problems(Path.of("README.md"), address, folder))
          .isEmpty();
    }
  }
}
