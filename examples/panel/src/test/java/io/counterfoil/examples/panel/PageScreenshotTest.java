package io.counterfoil.examples.panel;

import static org.assertj.core.api.Assertions.assertThat;

import io.counterfoil.StoredToken;
import io.counterfoil.TokenHash;
import io.counterfoil.TokenManager;
import io.counterfoil.http.Caller;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.openqa.selenium.OutputType;

/**
 * Takes the screenshots of the documentation. With {@code -Dpage.screenshots=docs}, they replace those in that folder of the
 * project; otherwise they are written below {@code target}.
 */
class PageScreenshotTest extends BrowserTest {
  private static final int LARGEST = 130_000; // bytes

  private byte rows;

  @ParameterizedTest
  @CsvSource({"page, light, 1120, 880", "page-dark, dark, 1120, 880", "page-narrow, light, 390, 760"
  })
  void a_small_picture_shows_the_list(String name, String colorScheme, int width, int height)
      throws Exception {
    store.delete(1);
    insertUsedTokens();
    insertOldTokens();
    try (TokenManager idle =
            TokenManager.builder(store).maxIdle(Duration.ofDays(90)).build();
        PageServer host =
            PageServer.start(idle, request -> Optional.of(Caller.withoutOwner().unrestricted()))) {
      Browser.resize(page.browser, colorScheme, width, height);
      page.open(host.url());
      page.see("#status", "7 tokens");
      if (width > 1_000) {
        page.click("#select-6");
        page.click("#select-7");
        page.script("document.activeElement.blur(); scrollTo(0, 0)");
      }
      byte[] picture = page.browser.getScreenshotAs(OutputType.BYTES);
      assertThat(picture).hasSizeBetween(LARGEST / 10, LARGEST);
      write(name, picture);
    }
  }

  private static void write(String name, byte[] picture) throws IOException {
    String chosen = System.getProperty("page.screenshots");
    Path folder =
        chosen == null ? Path.of("target", "screenshots") : Path.of("../..").resolve(chosen);
    Files.write(Files.createDirectories(folder).resolve(name + ".png"), picture);
  }

  private void insertUsedTokens() {
    insert(
        "backup-nightly",
        400,
        row -> row.description("Copies the databases to Frankfurt")
            .scopes(List.of("backups:write"))
            .lastUsedAt(ago(Duration.ofHours(9)))
            .lastUsedFrom("192.0.2.7")
            .expiresAt(ago(Duration.ofDays(-290))));
    insert(
        "central-panel",
        130,
        row -> row.scopes(List.of("*"))
            .lastUsedAt(ago(Duration.ofMinutes(3)))
            .lastUsedFrom("198.51.100.20"));
    insert(
        "ci-deploy",
        80,
        row -> row.description("GitHub Actions of the shop")
            .scopes(List.of("deploy", "servers:read"))
            .lastUsedAt(ago(Duration.ofMinutes(45)))
            .lastUsedFrom("203.0.113.40")
            .expiresAt(ago(Duration.ofDays(-6))));
    insert(
        "grafana",
        300,
        row -> row.scopes(List.of("metrics:read"))
            .allowedAddresses(List.of("192.0.2.0/24"))
            .lastUsedAt(ago(Duration.ofMinutes(1)))
            .lastUsedFrom("192.0.2.30"));
  }

  private void insertOldTokens() {
    insert(
        "import-2024",
        700,
        row -> row.scopes(List.of("servers:write"))
            .renewedAt(ago(Duration.ofDays(700)))
            .lastUsedAt(ago(Duration.ofDays(610))));
    insert("old-laptop", 500, row -> row.enabled(false).scopes(List.of("*")));
    insert(
        "terraform",
        91,
        row -> row.scopes(List.of("servers:read", "servers:write"))
            .lastUsedAt(ago(Duration.ofDays(4)))
            .expiresAt(ago(Duration.ofDays(1))));
  }

  private void insert(String name, int days, UnaryOperator<StoredToken.Builder> properties) {
    byte[] hash = new byte[TokenHash.LENGTH];
    hash[0] = ++rows;
    Instant created = ago(Duration.ofDays(days));
    store.insert(properties
        .apply(StoredToken.builder()
            .name(name)
            .hash(TokenHash.of("sha256", hash))
            .enabled(true)
            .createdAt(created)
            .trackedSince(created)
            .renewedAt(ago(Duration.ofDays(Math.min(days, 80)))))
        .build());
  }

  private static Instant ago(Duration time) {
    return Instant.now().minus(time);
  }
}
