package io.counterfoil.springboot;

import static io.counterfoil.springboot.Contexts.assertNoTokens;
import static io.counterfoil.springboot.Contexts.assertStarts;
import static org.assertj.core.api.Assertions.assertThat;

import io.counterfoil.NewToken;
import io.counterfoil.Token;
import io.counterfoil.TokenManager;
import io.counterfoil.Verdict;
import io.counterfoil.memory.InMemoryTokenStore;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/** The tokens that are created from {@code counterfoil.bootstrap}. */
@ExtendWith(OutputCaptureExtension.class)
class BootstrapTokensTest {
  private static final String BOOTSTRAP = "counterfoil.bootstrap[0].";

  private final WebApplicationContextRunner application =
      Contexts.servletApplication(); // each run uses the same database
  private String plaintext;
  private String sha256;

  @BeforeEach
  void take_a_plaintext_of_another_application() throws Exception {
    TokenManager other = TokenManager.builder(new InMemoryTokenStore()).build();
    plaintext = other.create(NewToken.named("n")).reveal();
    sha256 = HexFormat.of()
        .formatHex(MessageDigest.getInstance("SHA-256")
            .digest(plaintext.getBytes(StandardCharsets.US_ASCII)));
  }

  @Test
  void a_bootstrap_entry_creates_a_token_from_its_hash() {
    Instant expiry = Instant.parse("2099-12-31T00:00:00Z");
    bootstrap()
        .withPropertyValues(
            BOOTSTRAP + "owner=ann",
            BOOTSTRAP + "scopes=servers:read,servers:write",
            BOOTSTRAP + "expires-at=" + expiry)
        .run(context -> {
          TokenManager tokens = context.getBean(TokenManager.class);
          assertThat(tokens.authenticate(plaintext)).isInstanceOf(Verdict.Accepted.class);
          Token token = tokens.find("ann", "ci").orElseThrow();
          assertThat(token.scopes()).containsExactly("servers:read", "servers:write");
          assertThat(token.expiresAt()).contains(expiry);
        });
  }

  @Test
  void a_bootstrap_entry_is_never_applied_again_even_if_its_token_was_deleted() {
    bootstrap().run(context -> {
      TokenManager tokens = context.getBean(TokenManager.class);
      tokens.delete(tokens.list().findFirst().orElseThrow().id());
    });
    assertNoTokens(bootstrap());
  }

  @Test
  void a_bootstrap_entry_is_never_applied_again_even_if_its_token_was_rotated() {
    bootstrap().run(context -> {
      TokenManager tokens = context.getBean(TokenManager.class);
      assertThat(tokens.rotate("", "ci", Duration.ZERO)).isPresent();
    });
    bootstrap().run(context -> {
      TokenManager tokens = context.getBean(TokenManager.class);
      assertThat(tokens.list()).hasSize(1);
      assertThat(tokens.authenticate(plaintext)).isInstanceOf(Verdict.Rejected.class);
    });
  }

  @Test
  void a_bootstrap_entry_is_never_applied_again_even_if_its_plaintext_has_leaked() {
    bootstrap().run(context -> {
      TokenManager tokens = context.getBean(TokenManager.class);
      assertThat(tokens.reportLeak(plaintext)).isPresent();
      tokens.delete(tokens.list().findFirst().orElseThrow().id());
    });
    bootstrap()
        .run(context -> assertThat(context.getBean(TokenManager.class).authenticate(plaintext))
            .isInstanceOf(Verdict.Rejected.class));
  }

  @Test
  void an_applied_entry_starts_even_if_a_later_policy_forbids_it() {
    assertStarts(bootstrap());
    assertStarts(bootstrap().withPropertyValues("counterfoil.max-lifetime=1d"));
  }

  @Test
  void wrong_entries_fail_the_start_and_change_nothing() {
    String second = "counterfoil.bootstrap[1].";
    String name = second + "name=other";
    assertRefused("[1].sha256: missing", name);
    assertRefused("[1].name: missing", second + "sha256=" + "0".repeat(64));
    assertRefused(
        "[1].sha256: no hash (expected: 64 hexadecimal digits)",
        name,
        second + "sha256=" + plaintext);
    assertRefused(
        "[1].sha256: an earlier entry has this hash",
        name,
        second + "sha256=" + sha256.toUpperCase(Locale.ROOT));
    assertRefused("[0].name: the invisible character U+200B", BOOTSTRAP + "name=c\u200Bi");
    assertRefused("[0].owner: begins with token: (expected: ", BOOTSTRAP + "owner=token:1");
    assertRefused("[0].scopes: \"a b\" (expected: printable ASCII", BOOTSTRAP + "scopes=a b");
    assertRefused(
        "[0]: expiresAt: none (expected: at most PT24H from now)", "counterfoil.max-lifetime=1d");
    assertNoTokens(application);
  }

  @Test
  void a_secret_at_the_place_of_a_name_is_neither_stored_nor_shown() {
    for (String secret : List.of(plaintext, sha256)) {
      assertFails(
          bootstrap().withPropertyValues(BOOTSTRAP + "name=" + secret),
          "counterfoil.bootstrap[0].name: a plaintext or a hash");
    }
    application.run(
        context -> assertThat(context.getBean(TokenManager.class).list()).isEmpty());
  }

  @Test
  void an_entry_whose_name_is_taken_fails_the_start() {
    application.run(context -> {
      TokenManager tokens = context.getBean(TokenManager.class);
      tokens.create(NewToken.named("ci"));
    });
    assertFails(bootstrap(), "counterfoil.bootstrap[0].name: its owner has a token with this name");
  }

  @Test
  void no_log_line_contains_the_plaintext_or_the_hash(CapturedOutput output) {
    assertStarts(bootstrap());
    assertThat(output).contains("was created").doesNotContain(plaintext, sha256);
  }

  private WebApplicationContextRunner bootstrap() {
    return application.withPropertyValues(BOOTSTRAP + "name=ci", BOOTSTRAP + "sha256=" + sha256);
  }

  private void assertRefused(String message, String... settings) {
    assertFails(bootstrap().withPropertyValues(settings), "counterfoil.bootstrap" + message);
  }

  private void assertFails(WebApplicationContextRunner runner, String message) {
    Contexts.assertFails(runner, message, plaintext, sha256);
  }
}
