package io.counterfoil.examples.import3xui;

import static io.counterfoil.examples.import3xui.TestDatabase.host;
import static io.counterfoil.examples.import3xui.XuiDatabase.plaintext;
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

/** A second run, and a run with existing tokens in the target. */
class ImportAgainTest {
  private static final long SECONDS = 1_736_000_000;

  @TempDir
  Path folder;

  @ParameterizedTest
  @EnumSource(TestDatabase.class)
  void a_second_run_leaves_existing_tokens_unchanged(TestDatabase database) throws Exception {
    String url = database.newUrl(folder);
    try (XuiDatabase xui = XuiDatabase.old(folder).token("a", 1, SECONDS).token("b", 0, SECONDS)) {
      assertThat(CommandRun.here(xui, url).code()).isZero();
      host(url, tokens -> tokens.disable(tokens.find("", "a").orElseThrow().id()));
      CommandRun again = CommandRun.here(xui, url);
      assertThat(again.out()).isEqualTo("""
              already there: id 1 "a": unchanged, but disabled there
              already there: id 2 "b": unchanged
              tokens: 2, imported: 0, already there: 2, rejected: 0
              """);
      assertThat(again.code()).isZero();
    }
    host(url, tokens -> {
      assertThat(tokens.list()).extracting(Token::name).containsExactly("a", "b");
      assertThat(tokens.authenticate(plaintext("a"))).isInstanceOf(Verdict.Rejected.class);
    });
  }

  @Test
  void a_token_is_recognized_by_its_hash_and_not_by_its_name() throws Exception {
    String url = TestDatabase.SQLITE.newUrl(folder);
    try (XuiDatabase xui = XuiDatabase.old(folder)) {
      xui.token("rotated once", 1, SECONDS).token("rotated twice", 1, SECONDS);
      assertThat(CommandRun.here(xui, url).code()).isZero();
      host(url, tokens -> {
        tokens.rotate("", "rotated once", Duration.ZERO);
        tokens.rotate("", "rotated twice", Duration.ZERO);
        tokens.rotate("", "rotated twice", Duration.ZERO);
        tokens.create(NewToken.named("another"));
      });
      xui.token("another", 1, SECONDS).token("copy", 1, SECONDS);
      xui.sql("UPDATE api_tokens SET token = (SELECT token FROM api_tokens WHERE id = 1)"
          + " WHERE name = 'copy'");
      CommandRun again = CommandRun.here(xui, url);
      assertThat(again.out()).isEqualTo("""
              already there: id 1 "rotated once": unchanged
              rejected: id 2 "rotated twice": name: in use by another token, or by this one with a new hash
              rejected: id 3 "another": name: in use by another token, or by this one with a new hash
              rejected: id 4 "copy": token: already imported as "rotated once" of owner ""
              tokens: 4, imported: 0, already there: 1, rejected: 3
              """);
      assertThat(again.code()).isEqualTo(1);
    }
  }

  @Test // A leaked plaintext must not come back under another name.
  void a_token_whose_plaintext_has_leaked_is_not_imported_again() throws Exception {
    String url = TestDatabase.SQLITE.newUrl(folder);
    try (XuiDatabase xui = XuiDatabase.old(folder).token("a", 1, SECONDS)) {
      assertThat(CommandRun.here(xui, url).code()).isZero();
      host(url, 48, 48, tokens -> assertThat(tokens.reportLeak(plaintext("a"))).isPresent());
      xui.sql("UPDATE api_tokens SET name = 'b'").token("c", 1, SECONDS);
      for (String mode : new String[] {"--dry-run", "--owner="}) {
        CommandRun again = CommandRun.here(xui, url, mode);
        assertThat(again.out()).endsWith("""
                rejected: id 1 "b": token: its plaintext has leaked, and is never accepted again
                imported: id 2 "c": enabled, created 2025-01-04T14:13:20Z, never expires, unrestricted
                tokens: 2, imported: 1, already there: 0, rejected: 1
                """);
        assertThat(again.code()).isEqualTo(1);
      }
    }
  }

  @ParameterizedTest
  @EnumSource(TestDatabase.class)
  void a_dry_run_prints_the_same_and_changes_nothing(TestDatabase database) throws Exception {
    String url = database.newUrl(folder);
    try (XuiDatabase xui = XuiDatabase.old(folder)) {
      xui.token("a", 1, SECONDS).token("b", 2, SECONDS);
      CommandRun nothingThere = CommandRun.here(xui, url, "--dry-run");
      try (var files = Files.list(folder)) {
        assertThat(files)
            .as("no database was made")
            .allMatch(f -> f.toString().contains("x-ui.db"));
      }
      CommandRun run = CommandRun.here(xui, url);
      assertThat(nothingThere.out()).endsWith("would be\n" + run.out());
      assertThat(nothingThere.code()).isEqualTo(run.code()).isEqualTo(1);
      xui.sql("UPDATE api_tokens SET enabled = 1").token("c", 1, SECONDS);
      CommandRun dry = CommandRun.here(xui, url, "--dry-run");
      assertThat(dry.out()).endsWith("tokens: 3, imported: 2, already there: 1, rejected: 0\n");
      assertThat(dry.code()).isZero();
    }
    host(url, tokens -> assertThat(tokens.list()).extracting(Token::name).containsExactly("a"));
  }
}
