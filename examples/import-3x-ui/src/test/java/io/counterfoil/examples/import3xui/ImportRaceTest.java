package io.counterfoil.examples.import3xui;

import static io.counterfoil.examples.import3xui.XuiDatabase.hash;
import static io.counterfoil.examples.import3xui.XuiDatabase.plaintext;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.counterfoil.NewToken;
import io.counterfoil.Token;
import io.counterfoil.TokenManager;
import io.counterfoil.memory.InMemoryTokenStore;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Another process imports the same tokens at the same time. */
class ImportRaceTest {
  @TempDir
  Path folder;

  @Test
  void a_token_that_was_imported_meanwhile_is_one_line_and_the_next_one_is_imported()
      throws Exception {
    var before = new InMemoryTokenStore(); // what this process has read
    var out = new ByteArrayOutputStream();
    try (TokenManager tokens = TokenManager.builder(new InMemoryTokenStore()).build();
        XuiDatabase xui = XuiDatabase.old(folder)) {
      tokens.importHashed(
          NewToken.named("renamed"), hash(plaintext("a")), true, Instant.ofEpochSecond(1));
      xui.token("a", 1, 1_736_000_000).token("b", 1, 1_736_000_000);
      var importer = new Importer(before, tokens, "", new PrintStream(out, true, UTF_8));
      assertThat(importer.importAll(Source.rows(xui.file))).isFalse();
      assertThat(tokens.list()).extracting(Token::name).containsExactly("renamed", "b");
    }
    assertThat(out.toString(UTF_8)).isEqualTo("""
            rejected: id 1 "a": token: another token with its plaintext was created meanwhile
            imported: id 2 "b": enabled, created 2025-01-04T14:13:20Z, never expires, unrestricted
            tokens: 2, imported: 1, already there: 0, rejected: 1
            """);
  }
}
