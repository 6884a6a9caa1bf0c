package io.counterfoil.examples.panel;

import static org.assertj.core.api.Assertions.assertThat;

import io.counterfoil.TokenManager;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The page offers the lifetimes that the manager allows, and no others. */
class PageLifetimeTest extends BrowserTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "P90D   | In 30 days, In 90 days, On a date…              | In 90 days",
        "P400D  | In 30 days, In 90 days, In 365 days, In 400 days, On a date… | In 90 days",
        "P45D   | In 30 days, In 45 days, On a date…              | In 45 days",
        "P1D    | In 1 day, On a date…                            | In 1 day",
        "PT12H  | In 12 hours                                     | In 12 hours",
        "PT90S  | In 90 seconds                                   | In 90 seconds"
      })
  void only_allowed_lifetimes_are_offered_and_the_one_that_is_chosen_by_default_works(
      Duration longest, String offered, String usual) throws Exception {
    server.stop();
    server = PanelServer.bind("127.0.0.1", 0);
    TokenManager limited =
        TokenManager.builder(store).recordNoUses().maxLifetime(longest).build();
    server.start(limited);
    page.open(server.url()).signIn(admin);
    // A clock that is a second ahead, as many are
    page.script("const now = Date.now; Date.now = () => now() + 1000");
    page.click("#new");
    assertThat(page.texts("return [...document.querySelector('#expiry').options].map(o => o.text)"))
        .isEqualTo(List.of(offered.split(", ")));
    assertThat(page.script("return document.querySelector('#expiry').selectedOptions[0].text"))
        .isEqualTo(usual);
    page.script("document.querySelector('#expiry').selectedIndex ="
        + " [...document.querySelector('#expiry').options].findLastIndex(o => o.value !== 'date')");
    page.type("#name", "longest");
    page.click("#editor .primary");
    page.shownPlaintext();
    page.closePlaintextDialog();
    Duration lifetime = Duration.between(
        token("longest").createdAt(), token("longest").expiresAt().orElseThrow());
    assertThat(lifetime).isEqualTo(longest);
    page.click("#new");
    assertThat(page.script("return document.querySelector('#expiry').selectedOptions[0].text"))
        .as("after the form was reset")
        .isEqualTo(usual);
    if (longest.toDays() > 0) {
      lastDayIsAccepted();
    }
  }

  private void lastDayIsAccepted() {
    page.type("#name", "last day");
    page.choose("#expiry", "date");
    page.script("const day = document.querySelector('#day'); day.value = day.max");
    LocalDate last =
        LocalDate.parse((String) page.script("return document.querySelector('#day').max"));
    assertThat(last).isBeforeOrEqualTo(LocalDate.now(ZoneId.systemDefault()).plusDays(400));
    page.click("#editor .primary");
    page.shownPlaintext();
    page.closePlaintextDialog();
    assertThat(tokens.find("", "last day").orElseThrow().expiresAt()).isPresent();
  }
}
