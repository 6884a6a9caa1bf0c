package io.counterfoil.examples.springboot;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.counterfoil.Token;
import io.counterfoil.TokenManager;
import io.counterfoil.examples.springboot.TokenConfiguration.TokenTable;
import io.counterfoil.jdbc.JdbcTokenStore;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.ApplicationRunner;
import org.springframework.boot.DefaultApplicationArguments;
import org.springframework.jdbc.core.JdbcTemplate;

/** The table and the first token of the example (M4). */
class FirstTokenTest {
  private static final Pattern PLAINTEXT = Pattern.compile("cf_[0-9A-Za-z]{49}");

  @TempDir
  Path folder;

  @Test // H5
  void flyway_creates_the_table_before_the_store_is_made() throws Exception {
    try (InputStream script = JdbcTokenStore.class.getResourceAsStream("schema-h2.sql")) {
      Files.copy(script, folder.resolve("V1__tokens.sql"));
    }
    String printed = printedBy(() -> {
      try (RunningApplication server =
          start("--spring.flyway.enabled=true", "--spring.flyway.locations=filesystem:" + folder)) {
        assertThat(server
                .bean(JdbcTemplate.class)
                .queryForList(
                    "SELECT \"script\" FROM \"flyway_schema_history\" WHERE \"success\"",
                    String.class))
            .contains("V1__tokens.sql");
        assertThat(server.bean(TokenTable.class).isNew()).isFalse();
        return server.get("/api/hello", server.tokenWith()).statusCode();
      }
    });
    assertThat(printed).doesNotContainPattern(PLAINTEXT);
  }

  @Test // M4
  void a_new_table_gets_one_first_token_and_a_table_that_was_emptied_none() throws Exception {
    assertThat(printedBy(() -> {
          try (RunningApplication server = start()) {
            TokenManager tokens = server.bean(TokenManager.class);
            assertThat(tokens.list()).extracting(Token::name).containsExactly("bootstrap");
            return tokens.delete(tokens.find("", "bootstrap").orElseThrow().id());
          }
        }))
        .containsPattern(PLAINTEXT);
    assertThat(printedBy(() -> {
          try (RunningApplication server = start()) {
            assertThat(server.bean(TokenManager.class).list()).isEmpty();
            return 0;
          }
        }))
        .doesNotContainPattern(PLAINTEXT);
    assertThat(printedBy(() -> {
          try (RunningApplication server = start("--create-token=rescue")) {
            assertThat(server.bean(TokenManager.class).list())
                .extracting(Token::name)
                .containsExactly("rescue");
            return 0;
          }
        }))
        .containsPattern(PLAINTEXT); // M3
  }

  @Test // M4: both found no table, and one of them lost the race for the name
  void of_two_nodes_that_start_at_once_one_prints_a_first_token_and_both_start() throws Exception {
    try (RunningApplication server = RunningApplication.start()) {
      TokenManager tokens = server.bean(TokenManager.class);
      ApplicationRunner second = new TokenConfiguration().firstToken(tokens, new TokenTable(true));
      String printed = printedBy(() -> {
        second.run(new DefaultApplicationArguments());
        return 0;
      });
      assertThat(printed).doesNotContainPattern(PLAINTEXT);
      assertThat(tokens.list().filter(token -> token.name().equals("bootstrap")))
          .hasSize(1);
    }
  }

  private RunningApplication start(String... settings) {
    String url = "jdbc:h2:async:" + folder.resolve("tokens") + ";WRITE_DELAY=0";
    return RunningApplication.start(SpringBootExample.class, url, settings);
  }

  private static String printedBy(Callable<?> action) throws Exception {
    PrintStream standardOutput = System.out;
    ByteArrayOutputStream printed = new ByteArrayOutputStream();
    System.setOut(new PrintStream(printed, true, UTF_8));
    try {
      action.call();
    } finally {
      System.setOut(standardOutput);
    }
    return printed.toString(UTF_8);
  }
}
