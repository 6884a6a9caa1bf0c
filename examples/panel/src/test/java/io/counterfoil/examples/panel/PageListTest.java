package io.counterfoil.examples.panel;

import static org.assertj.core.api.Assertions.assertThat;

import io.counterfoil.NewToken;
import io.counterfoil.Token;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.Keys;

/** The list and the sign-in of the management page. */
class PageListTest extends BrowserTest {
  @Test
  void the_page_asks_for_a_token_and_rejects_an_invalid_one() {
    page.see("#sign-in");
    page.seeNo("#sign-out");
    assertThat(page.focused()).isEqualTo("key");
    page.type("#key", "cf_nonsense" + Keys.ENTER);
    page.see("#sign-in .error", "valid API token is needed");
    page.type("#key", "töken" + Keys.ENTER);
    page.see("#sign-in .error", "not an API token");
    page.signIn(' ' + admin + ' ');
    assertThat(page.names()).containsExactly("admin");
    assertThat(page.focused()).isEqualTo("new");
  }

  @Test
  void the_list_shows_name_state_times_and_limits() {
    Instant end = Instant.now().truncatedTo(ChronoUnit.SECONDS).plus(40, ChronoUnit.DAYS);
    Token bound = tokens
        .create(NewToken.named("bound")
            .scopes("servers:read")
            .allowedAddresses("192.0.2.0/24")
            .expiresAt(end))
        .token();
    tokens.disable(bound.id());
    page.signIn(admin);
    assertThat(page.see("#status").getText()).isEqualTo("2 tokens");
    assertThat(rowText(bound.id(), "bdi.limits")).isEqualTo("servers:read · from 192.0.2.0/24");
    assertThat(rowText(bound.id(), ".word")).isEqualTo("Disabled");
    assertThat(time(bound.id(), "created"))
        .isEqualTo(bound.createdAt().truncatedTo(ChronoUnit.SECONDS));
    assertThat(time(bound.id(), "expires")).isEqualTo(end);
    assertThat(rowText(bound.id(), "[data-label='Last used']")).isEqualTo("Never");
    assertThat(rowText(1, ".word")).isEqualTo("Enabled");
    assertThat(rowText(1, "bdi.limits")).isEqualTo("unrestricted");
    assertThat(rowText(1, "[data-label=Expires]")).isEqualTo("Never");
  }

  @Test
  void a_token_without_scopes_is_shown_as_such() {
    long id = createToken("none");
    page.signIn(admin);
    assertThat(rowText(id, "bdi.limits")).isEqualTo("no scopes");
  }

  @Test // P5
  void a_token_whose_plaintext_has_leaked_is_shown_until_it_is_rotated() {
    String leaked = tokens.create(NewToken.named("leaked")).reveal();
    tokens.reportLeak(leaked);
    page.signIn(admin);
    assertThat(rowText(2, ".word")).isEqualTo("Leaked: rotate this token");
    page.click("#switch-2"); // enabling it does not revive the plaintext
    page.see("#status", "is enabled");
    assertThat(rowText(2, ".word")).isEqualTo("Leaked: rotate this token");
    assertThat(accepts(leaked)).isFalse();
    page.click("#rotate-2");
    assertThat(page.see("#overlap").getDomProperty("value")).isEqualTo("0");
    page.click("#rotate .primary");
    assertThat(accepts(page.shownPlaintext())).isTrue();
    page.closePlaintextDialog();
    assertThat(rowText(2, ".word")).isEqualTo("Enabled");
  }

  @Test
  void times_are_shown_in_the_time_zone_of_the_browser() {
    Browser.setTimeZone(page.browser, "Asia/Kathmandu");
    Instant end = Instant.parse("2100-01-01T00:00:00Z");
    tokens.create(NewToken.named("late").expiresAt(end));
    page.signIn(admin);
    assertThat(page.see(".expires").getDomAttribute("title").replaceAll("\\p{Z}", " "))
        .startsWith("Friday, January 1, 2100 at 5:45:00 AM");
  }

  @Test
  void an_expired_token_is_shown_as_expired() {
    Instant soon = Instant.now().plusSeconds(3600);
    long id = tokens.create(NewToken.named("old").expiresAt(soon)).token().id();
    createToken("other");
    page.signIn(admin);
    assertThat(rowText(id, ".word")).isEqualTo("Enabled");
    page.script("Date.now = () => " + soon.toEpochMilli());
    page.click("#switch-3"); // loads the list again
    page.see("#status", "is disabled");
    assertThat(rowText(id, ".word")).isEqualTo("Expired");
  }

  @Test // ids are longs, but JavaScript numbers are exact only up to 2^53
  void an_id_above_2_to_the_53_is_exact() {
    page.signIn(admin);
    page.script(
        "window.fetch = async address => { window.asked = address; return new Response("
            + "'{\"success\":true,\"obj\":[{\"id\":9007199254740993,\"name\":\"big\",\"enabled\":true}]}') }");
    page.click("#switch-1");
    page.see("#switch-9007199254740993");
    page.script("const list = window.fetch; window.fetch = address => { window.first ??= address;"
        + " return list(address) }");
    page.click("#switch-9007199254740993");
    page.await(() -> page.script("return window.first") != null);
    assertThat(page.script("return window.first"))
        .asString()
        .endsWith("/setEnabled/9007199254740993");
  }

  @Test
  void of_two_lists_the_one_requested_later_is_shown() {
    createToken("second");
    page.signIn(admin);
    page.script("const ask = window.fetch; let lists = 0; window.fetch = async (...a) => {"
        + " const answer = await ask(...a);"
        + " if (!a[1].body && ++lists === 1) { await new Promise(go => window.go = go) }"
        + " return answer }");
    createToken("third");
    page.click("#switch-2");
    page.await(() -> page.script("return window.go?.name") != null); // the first list is held
    createToken("fourth");
    page.script("document.querySelector('#retry').click()");
    page.see("#switch-4");
    page.script("go()");
    page.browser.executeAsyncScript("setTimeout(arguments[0])"); // after the tasks of go()
    assertThat(page.names()).containsExactly("admin", "second", "third", "fourth");
  }

  private Instant time(long id, String name) {
    return Instant.parse(
        page.see("tr:has(#switch-" + id + ") ." + name).getDomAttribute("datetime"));
  }
}
