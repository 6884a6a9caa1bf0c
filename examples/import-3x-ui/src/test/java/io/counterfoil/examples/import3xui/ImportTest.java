package io.counterfoil.examples.import3xui;

import static io.counterfoil.examples.import3xui.Databases.host;
import static io.counterfoil.examples.import3xui.Panel.hash;
import static io.counterfoil.examples.import3xui.Panel.plaintext;
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

/** What a host has after the command, which runs as a user runs it. */
class ImportTest {
  private static final Instant CREATED = Instant.parse("2025-01-04T14:13:20Z");
  private static final long SECONDS = CREATED.getEpochSecond();
  private static final long FUTURE = 4_000_000_000_123L;

  @TempDir
  Path folder;

  @ParameterizedTest
  @EnumSource(Databases.class)
  void plaintexts_in_the_field_go_on_working_and_a_stored_hash_opens_nothing(Databases database)
      throws Exception {
    String url = database.freshUrl(folder);
    try (Panel panel = Panel.current(folder)) {
      panel
          .token("central-panel-a", 1, SECONDS, "admin", 0)
          .token("off", 0, SECONDS, "monitor", 0)
          .token("over", 1, SECONDS, "monitor", 1_800_000_000L)
          .token("two rights", 1, SECONDS, "monitor, node-sync", FUTURE);
      Run run = Run.child(folder, panel, url);
      assertThat(run.out()).isEqualTo("""
              imported: id 1 "central-panel-a": enabled, created 2025-01-04T14:13:20Z, never expires, scopes admin
              imported: id 2 "off": disabled, created 2025-01-04T14:13:20Z, never expires, scopes monitor
              imported: id 3 "over": enabled, created 2025-01-04T14:13:20Z, expires 1970-01-21T20:00:00Z, scopes monitor
              imported: id 4 "two rights": enabled, created 2025-01-04T14:13:20Z, expires 2096-10-02T07:06:40.123Z, scopes monitor node-sync
              tokens: 4, imported: 4, there already: 0, refused: 0
              """);
      assertThat(run.code()).isZero();
    }
    host(url, 48, 64, tokens -> {
      assertThat(accepted(tokens, "central-panel-a").scopes()).containsExactly("admin");
      assertThat(rejected(tokens, plaintext("off"))).isEqualTo(Verdict.Reason.DISABLED);
      assertThat(rejected(tokens, plaintext("over"))).isEqualTo(Verdict.Reason.EXPIRED);
      Token two = accepted(tokens, "two rights");
      assertThat(two.scopes()).isEqualTo(Set.of("monitor", "node-sync"));
      assertThat(two.createdAt()).isEqualTo(CREATED);
      assertThat(two.expiresAt()).isEqualTo(Optional.of(Instant.ofEpochMilli(FUTURE)));
      assertThat(rejected(tokens, hash(plaintext("central-panel-a"))))
          .as("of 64 characters, which the host accepts as foreign ones")
          .isEqualTo(Verdict.Reason.UNKNOWN);
    });
  }

  @Test
  void an_older_3x_ui_has_neither_scopes_nor_expiry_and_once_wrote_milliseconds() throws Exception {
    String url = Databases.SQLITE.freshUrl(folder);
    try (Panel panel = Panel.old(folder)) {
      panel.token("seconds", 1, SECONDS).token("milliseconds", 1, CREATED.toEpochMilli() + 7);
      panel.token("the first that are milliseconds", 1, 100_000_000_000L);
      Run run = Run.child(folder, panel, url);
      assertThat(run.out()).contains("\"seconds\": enabled", "never expires, unrestricted");
      assertThat(run.code()).isZero();
    }
    host(url, tokens -> {
      assertThat(accepted(tokens, "seconds").createdAt()).isEqualTo(CREATED);
      Token milliseconds = accepted(tokens, "milliseconds");
      assertThat(milliseconds.createdAt()).isEqualTo(CREATED.plusMillis(7));
      assertThat(accepted(tokens, "the first that are milliseconds").createdAt())
          .isEqualTo(Instant.parse("1973-03-03T09:46:40Z"));
      assertThat(milliseconds.scopes()).isEmpty();
      assertThat(milliseconds.expiresAt()).isEmpty();
    });
  }

  @Test
  void the_owner_is_of_the_operators_choice() throws Exception {
    String url = Databases.SQLITE.freshUrl(folder);
    try (Panel panel = Panel.old(folder).token("a", 1, SECONDS)) {
      assertThat(Run.here(panel, url, "--owner=ann").code()).isZero();
      host(url, tokens -> assertThat(accepted(tokens, "a").owner()).isEqualTo("ann"));
      Run other = Run.here(panel, url);
      assertThat(other.out())
          .startsWith("refused: id 1 \"a\": token: taken over already as \"a\" of owner \"ann\"\n");
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
