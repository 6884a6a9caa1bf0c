package io.counterfoil.examples.import3xui;

import static io.counterfoil.examples.import3xui.Databases.host;
import static io.counterfoil.examples.import3xui.Panel.plaintext;
import static org.assertj.core.api.Assertions.assertThat;

import io.counterfoil.NewToken;
import io.counterfoil.Token;
import io.counterfoil.Verdict;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A second run, and a run where there are tokens already. */
class ImportAgainTest {
  private static final long SECONDS = 1_736_000_000;

  @TempDir
  Path folder;

  @ParameterizedTest
  @EnumSource(Databases.class)
  void a_second_run_leaves_alone_what_is_there(Databases database) throws Exception {
    String url = database.freshUrl(folder);
    try (Panel panel = Panel.old(folder).token("a", 1, SECONDS).token("b", 0, SECONDS)) {
      assertThat(Run.here(panel, url).code()).isZero();
      host(url, tokens -> tokens.disable(tokens.find("", "a").orElseThrow().id()));
      Run again = Run.here(panel, url);
      assertThat(again.out()).isEqualTo("""
              there already: id 1 "a": left alone, though disabled there
              there already: id 2 "b": left alone
              tokens: 2, imported: 0, there already: 2, refused: 0
              """);
      assertThat(again.code()).isZero();
    }
    host(url, tokens -> {
      assertThat(tokens.list()).extracting(Token::name).containsExactly("a", "b");
      assertThat(tokens.authenticate(plaintext("a"))).isInstanceOf(Verdict.Rejected.class);
    });
  }

  @Test
  void the_hash_says_whether_it_is_the_same_token_or_another_of_that_name() throws Exception {
    String url = Databases.SQLITE.freshUrl(folder);
    try (Panel panel = Panel.old(folder)) {
      panel.token("rotated once", 1, SECONDS).token("rotated twice", 1, SECONDS);
      assertThat(Run.here(panel, url).code()).isZero();
      host(url, tokens -> {
        tokens.rotate("", "rotated once", Duration.ZERO);
        tokens.rotate("", "rotated twice", Duration.ZERO);
        tokens.rotate("", "rotated twice", Duration.ZERO);
        tokens.create(NewToken.named("another"));
      });
      panel.token("another", 1, SECONDS).token("copy", 1, SECONDS);
      panel.sql("UPDATE api_tokens SET token = (SELECT token FROM api_tokens WHERE id = 1)"
          + " WHERE name = 'copy'");
      Run again = Run.here(panel, url);
      assertThat(again.out()).isEqualTo("""
              there already: id 1 "rotated once": left alone
              refused: id 2 "rotated twice": name: another token has it, or this one with another hash by now
              refused: id 3 "another": name: another token has it, or this one with another hash by now
              refused: id 4 "copy": token: taken over already as "rotated once" of owner ""
              tokens: 4, imported: 0, there already: 1, refused: 3
              """);
      assertThat(again.code()).isEqualTo(1);
    }
  }

  @ParameterizedTest
  @EnumSource(Databases.class)
  void a_dry_run_says_the_same_and_does_nothing(Databases database) throws Exception {
    String url = database.freshUrl(folder);
    try (Panel panel = Panel.old(folder)) {
      panel.token("a", 1, SECONDS).token("b", 2, SECONDS);
      Run nothingThere = Run.here(panel, url, "--dry-run");
      try (var files = Files.list(folder)) {
        assertThat(files)
            .as("no database was made")
            .allMatch(f -> f.toString().contains("x-ui.db"));
      }
      Run run = Run.here(panel, url);
      assertThat(nothingThere.out()).endsWith("would be\n" + run.out());
      assertThat(nothingThere.code()).isEqualTo(run.code()).isEqualTo(1);
      panel.sql("UPDATE api_tokens SET enabled = 1").token("c", 1, SECONDS);
      Run dry = Run.here(panel, url, "--dry-run");
      assertThat(dry.out()).endsWith("tokens: 3, imported: 2, there already: 1, refused: 0\n");
      assertThat(dry.code()).isZero();
    }
    host(url, tokens -> assertThat(tokens.list()).extracting(Token::name).containsExactly("a"));
  }
}
