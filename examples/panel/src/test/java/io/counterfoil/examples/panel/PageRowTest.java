package io.counterfoil.examples.panel;

import static org.assertj.core.api.Assertions.assertThat;

import io.counterfoil.StoredToken;
import io.counterfoil.TokenHash;
import io.counterfoil.TokenManager;
import io.counterfoil.http.Caller;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.openqa.selenium.Keys;

/** What a row of the list tells about a token. */
class PageRowTest extends BrowserTest {
  private static final Instant NOW = Instant.now();

  @ParameterizedTest
  @CsvSource({
    "-PT10S, now",
    "-PT90S, 2 minutes ago",
    "-PT59M50S, 1 hour ago",
    "-PT47H, 47 hours ago",
    "-P3D, 3 days ago",
    "-P59DT13H, 2 months ago",
    "-P365D, 12 months ago",
    "-P1461D, 4 years ago"
  })
  void the_last_use_is_shown_as_a_relative_time_with_its_address(Duration ago, String text) {
    Instant used = NOW.plus(ago);
    insert(row().lastUsedAt(used).lastUsedFrom("2001:db8:0:0:0:0:0:7"));
    page.signIn(admin);
    assertThat(rowText(2, ".used")).isEqualTo(text);
    assertThat(rowText(2, ".from")).isEqualTo("from 2001:db8:0:0:0:0:0:7");
    assertThat(page.see("tr:has(#switch-2) .used").getDomAttribute("title"))
        .matches("\\w+day, \\w+ \\d+, \\d{4} at \\d+:\\d\\d:\\d\\d.*");
  }

  @ParameterizedTest
  @CsvSource({"PT1H, true, true", "P13D, true, true", "P15D, true, false", "P13D, false, false"})
  void an_enabled_token_that_expires_within_14_days_is_marked(
      Duration left, boolean enabled, boolean marked) {
    insert(row().expiresAt(NOW.plus(left)).enabled(enabled));
    page.signIn(admin);
    assertThat(page.see("tr:has(#switch-2)").getText().contains("Expires soon")).isEqualTo(marked);
  }

  @Test
  void a_description_is_shown_as_text() {
    String hostile = "<img src=x onerror=document.title='run'> & more";
    insert(row().description(hostile));
    page.signIn(admin);
    assertThat(rowText(2, ".description")).isEqualTo(hostile);
    page.click("#edit-2");
    assertThat(page.see("#description").getDomProperty("value")).isEqualTo(hostile);
    assertThat(page.browser.getTitle()).isEqualTo("API tokens");
    page.seeNo("#rows img");
  }

  @Test
  void an_idle_token_is_marked_and_renewed_when_it_is_saved() throws Exception {
    Instant old = NOW.minus(Duration.ofDays(100));
    insert(row().createdAt(old).renewedAt(old).trackedSince(old));
    try (TokenManager strict =
            TokenManager.builder(store).maxIdle(Duration.ofDays(90)).build();
        PageServer idle = PageServer.start(
            strict, request -> Optional.of(Caller.withoutOwner().unrestricted()))) {
      page.open(idle.url());
      assertThat(rowText(2, ".word")).isEqualTo("Idle");
      page.click("#edit-2");
      page.see("#facts", "Saving it renews it.");
      StoredToken row = store.findById(2).orElseThrow();
      store.update(row.toBuilder().name("renamed meanwhile").build());
      page.click("#editor .primary");
      page.see("#status", "is saved");
      assertThat(rowText(2, ".word")).isEqualTo("Enabled");
      assertThat(rowText(2, ".name")).isEqualTo("renamed meanwhile");
    }
  }

  @Test
  void saving_a_disabled_idle_token_without_a_change_does_not_enable_it() throws Exception {
    Instant old = NOW.minus(Duration.ofDays(100));
    insert(row().createdAt(old).renewedAt(old).trackedSince(old).enabled(false));
    try (TokenManager strict =
            TokenManager.builder(store).maxIdle(Duration.ofDays(90)).build();
        PageServer idle = PageServer.start(
            strict, request -> Optional.of(Caller.withoutOwner().unrestricted()))) {
      page.open(idle.url());
      page.click("#edit-2");
      assertThat(page.see("#facts").getText()).doesNotContain("renews");
      page.click("#editor .primary");
      page.seeNo("dialog");
      assertThat(tokens.find(2).orElseThrow().enabled()).isFalse();
    }
  }

  @Test
  void a_disabled_token_that_has_expired_is_marked_as_both() {
    insert(row().expiresAt(NOW.minusSeconds(60)).enabled(false));
    page.signIn(admin);
    page.see("#tokens");
    assertThat(rowText(2, ".word")).isEqualTo("Disabled");
    assertThat(rowText(2, ".badge.past")).isEqualTo("Expired");
    page.click("#edit-2");
    page.press(Keys.ESCAPE);
    page.seeNo("dialog");
    page.click("#switch-2");
    page.see("#status", "is enabled");
    assertThat(rowText(2, ".word")).isEqualTo("Expired");
    page.seeNo(".badge.past");
  }

  private void insert(StoredToken.Builder row) {
    store.insert(row.build());
  }

  private static StoredToken.Builder row() {
    return StoredToken.builder()
        .name("bot")
        .hash(TokenHash.of("sha256", new byte[TokenHash.LENGTH]))
        .enabled(true)
        .createdAt(NOW);
  }
}
