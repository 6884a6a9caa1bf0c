package io.counterfoil.examples.import3xui;

import static io.counterfoil.examples.import3xui.TestDatabase.host;
import static io.counterfoil.examples.import3xui.XuiDatabase.hash;
import static io.counterfoil.examples.import3xui.XuiDatabase.plaintext;
import static org.assertj.core.api.Assertions.assertThat;

import io.counterfoil.Token;
import io.counterfoil.TokenManager;
import io.counterfoil.Verdict;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The tokens of a host application after an import. */
class ImportTest {
  private static final Instant CREATED = Instant.parse("2025-01-04T14:13:20Z");
  private static final long SECONDS = CREATED.getEpochSecond();
  private static final long FUTURE = 4_000_000_000_123L;

  @TempDir
  Path folder;

  @ParameterizedTest
  @EnumSource(TestDatabase.class)
  void existing_plaintexts_keep_working_and_a_stored_hash_is_rejected(TestDatabase database)
      throws Exception {
    String url = database.newUrl(folder);
    try (XuiDatabase xui = XuiDatabase.current(folder)) {
      xui.token("central-xui-a", 1, SECONDS, "admin", 0)
          .token("off", 0, SECONDS, "monitor", 0)
          .token("over", 1, SECONDS, "monitor", 1_800_000_000L)
          .token("two rights", 1, SECONDS, "monitor, node-sync", FUTURE);
      CommandRun run = CommandRun.child(folder, xui, url);
      assertThat(run.out()).isEqualTo("""
              imported: id 1 "central-xui-a": enabled, created 2025-01-04T14:13:20Z, never expires, unrestricted
              imported: id 2 "off": disabled, created 2025-01-04T14:13:20Z, never expires, scopes monitor
              imported: id 3 "over": enabled, created 2025-01-04T14:13:20Z, expires 1970-01-21T20:00:00Z, scopes monitor
              imported: id 4 "two rights": enabled, created 2025-01-04T14:13:20Z, expires 2096-10-02T07:06:40.123Z, scopes monitor node-sync
              tokens: 4, imported: 4, already there: 0, rejected: 0
              """);
      assertThat(run.code()).isZero();
    }
    host(url, 48, 64, tokens -> {
      assertThat(accepted(tokens, "central-xui-a").scopes()).containsExactly("*");
      assertThat(accepted(tokens, "central-xui-a").permits("monitor")).isTrue();
      assertThat(rejected(tokens, plaintext("off"))).isEqualTo(Verdict.Reason.DISABLED);
      assertThat(rejected(tokens, plaintext("over"))).isEqualTo(Verdict.Reason.EXPIRED);
      Token two = accepted(tokens, "two rights");
      assertThat(two.scopes()).isEqualTo(Set.of("monitor", "node-sync"));
      assertThat(two.createdAt()).isEqualTo(CREATED);
      assertThat(two.expiresAt()).isEqualTo(Optional.of(Instant.ofEpochMilli(FUTURE)));
      assertThat(rejected(tokens, hash(plaintext("central-xui-a"))))
          .as("of 64 characters, a length that the host accepts")
          .isEqualTo(Verdict.Reason.UNKNOWN);
    });
  }

  @Test
  void an_older_3x_ui_without_scopes_and_expiry_is_imported() throws Exception {
    String url = TestDatabase.SQLITE.newUrl(folder);
    try (XuiDatabase xui = XuiDatabase.old(folder)) {
      xui.token("seconds", 1, SECONDS).token("milliseconds", 1, CREATED.toEpochMilli() + 7);
      xui.token("the first that are milliseconds", 1, 100_000_000_000L);
      CommandRun run = CommandRun.child(folder, xui, url);
      assertThat(run.out()).contains("\"seconds\": enabled", "never expires, unrestricted");
      assertThat(run.code()).isZero();
    }
    host(url, tokens -> {
      assertThat(accepted(tokens, "seconds").createdAt()).isEqualTo(CREATED);
      Token milliseconds = accepted(tokens, "milliseconds");
      assertThat(milliseconds.createdAt()).isEqualTo(CREATED.plusMillis(7));
      assertThat(accepted(tokens, "the first that are milliseconds").createdAt())
          .isEqualTo(Instant.parse("1973-03-03T09:46:40Z"));
      assertThat(milliseconds.scopes()).containsExactly("*");
      assertThat(milliseconds.expiresAt()).isEmpty();
    });
  }

  @Test
  void imported_tokens_get_the_owner_of_the_option() throws Exception {
    String url = TestDatabase.SQLITE.newUrl(folder);
    try (XuiDatabase xui = XuiDatabase.old(folder).token("a", 1, SECONDS)) {
      assertThat(CommandRun.here(xui, url, "--owner=ann").code()).isZero();
      host(url, tokens -> assertThat(accepted(tokens, "a").owner()).isEqualTo("ann"));
      CommandRun other = CommandRun.here(xui, url);
      assertThat(other.out())
          .startsWith("rejected: id 1 \"a\": token: already imported as \"a\" of owner \"ann\"\n");
      assertThat(other.code()).isEqualTo(1);
    }
  }

  private static Token accepted(TokenManager tokens, String name) {
    return ((Verdict.Accepted) tokens.authenticate(plaintext(name))).token();
  }

  private static Verdict.Reason rejected(TokenManager tokens, String presented) {
    return ((Verdict.Rejected) tokens.authenticate(presented)).reason();
  }
}
