package io.counterfoil.examples.panel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.mockito.Mockito.times;
import static org.mockito.Mockito.verify;

import io.counterfoil.NewToken;
import io.counterfoil.Token;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.mockito.ArgumentMatchers;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;

/** What a person does with the management page. */
class PageTest extends InBrowser {
  @Test
  void who_has_no_token_is_asked_for_one_and_told_if_it_is_none() {
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
    assertThat(row(bound.id(), "bdi.limits")).isEqualTo("servers:read · from 192.0.2.0/24");
    assertThat(row(bound.id(), ".word")).isEqualTo("Disabled");
    assertThat(time(bound.id(), "created"))
        .isEqualTo(bound.createdAt().truncatedTo(ChronoUnit.SECONDS));
    assertThat(time(bound.id(), "expires")).isEqualTo(end);
    assertThat(row(bound.id(), "[data-label='Last used']")).isEqualTo("Never");
    assertThat(row(1, ".word")).isEqualTo("Enabled");
    assertThat(row(1, "[data-label=Expires]")).isEqualTo("Never");
  }

  @Test
  void times_are_shown_in_the_zone_of_the_reader() {
    page.browser.executeCdpCommand(
        "Emulation.setTimezoneOverride", Map.of("timezoneId", "Asia/Kathmandu"));
    Instant end = Instant.parse("2100-01-01T00:00:00Z");
    long id = tokens.create(NewToken.named("late").expiresAt(end)).token().id();
    page.signIn(admin);
    assertThat(row(id, ".expires").replaceAll("\\p{Z}", " ")).isEqualTo("Jan 1, 2100, 5:45 AM");
    page.browser.executeCdpCommand("Emulation.setTimezoneOverride", Map.of("timezoneId", ""));
  }

  @Test
  void a_created_token_is_shown_once_and_works() {
    page.signIn(admin);
    String plaintext = page.create("central-panel-a");
    assertThat(accepts(plaintext)).isTrue();
    assertThat(page.see("#shown h2").getText()).isEqualTo("The new token of central-panel-a");
    page.done();
    assertThat(page.names()).containsExactly("admin", "central-panel-a");
    assertThat(token("central-panel-a").expiresAt().orElseThrow()) // 90 days, unless one says so
        .isCloseTo(Instant.now().plus(90, ChronoUnit.DAYS), within(1, ChronoUnit.MINUTES));
    assertThat(page.focused()).isEqualTo("new");
  }

  @Test
  void a_token_gets_the_expiry_scopes_and_addresses_that_were_chosen() {
    page.signIn(admin);
    page.click("#new");
    page.type("#name", "narrow");
    page.choose("#expiry", "date");
    page.script("document.querySelector('#day').value = '2100-02-28'");
    page.click("#create summary");
    page.type("#scopes", " servers:read tokens:read ");
    page.type("#addresses", "192.0.2.1, 2001:db8::/32");
    page.click("#create .primary");
    page.shown();
    page.done();
    Token narrow = token("narrow");
    assertThat(narrow.scopes()).containsExactlyInAnyOrder("servers:read", "tokens:read");
    assertThat(narrow.allowedAddresses()).hasSize(2).contains("192.0.2.1/32");
    assertThat(narrow.expiresAt())
        .hasValue(LocalDate.of(2100, 2, 28)
            .atTime(23, 59, 59)
            .atZone(ZoneId.systemDefault())
            .toInstant());
    page.click("#new");
    page.type("#name", "for-ever");
    page.choose("#expiry", "");
    page.click("#create .primary");
    page.shown();
    page.done();
    assertThat(token("for-ever").expiresAt()).isEmpty();
    assertThat(token("for-ever").scopes()).isEmpty();
  }

  @Test
  void what_the_api_refuses_is_said_in_its_words_where_the_person_is() {
    page.signIn(admin);
    page.click("#new");
    page.type("#name", "admin" + Keys.ENTER);
    page.see("#create .error", "a token with that name already exists");
    page.type("#name", "x".repeat(65) + Keys.ENTER);
    page.see("#create .error", "64");
    page.type("#name", "admin-b" + Keys.ENTER);
    page.shown();
    page.done();
    assertThat(page.names()).containsExactly("admin", "admin-b");
  }

  @Test
  void a_form_that_is_sent_twice_creates_one_token() {
    page.signIn(admin);
    page.click("#new");
    page.type("#name", "one");
    page.script("const form = document.querySelector('#create form');"
        + "form.requestSubmit(); form.requestSubmit(); form.requestSubmit()");
    page.shown();
    page.done();
    verify(store, times(2)).insert(ArgumentMatchers.any()); // and the admin's before
  }

  @Test
  void the_copy_button_puts_the_plaintext_into_the_clipboard() {
    grantClipboard();
    page.signIn(admin);
    String plaintext = page.create("ci");
    page.click("#copy");
    page.see("#shown .error", "Copied.");
    assertThat((String) page.browser.executeAsyncScript(
            "navigator.clipboard.readText().then(arguments[0], e => arguments[0](String(e)))"))
        .isEqualTo(plaintext);
  }

  @Test
  void without_a_clipboard_the_plaintext_is_copied_from_its_selection() {
    page.signIn(admin);
    String plaintext = page.create("ci");
    page.script("Object.defineProperty(navigator, 'clipboard', {value: undefined})");
    page.click("#copy");
    page.see("#shown .error", "Copied.");
    assertThat(page.script("return getSelection().toString()")).isEqualTo(plaintext);
    page.script("document.execCommand = () => false");
    page.click("#copy");
    page.see("#shown .error", "copy it by hand");
  }

  @Test // G2
  void the_switch_disables_and_enables() {
    String plaintext = tokens.create(NewToken.named("bot")).reveal();
    page.signIn(admin);
    page.click("#switch-2");
    page.see("#switch-2[aria-checked=false]");
    page.see("#status", "bot\u2069” is disabled.");
    assertThat(row(2, ".word")).isEqualTo("Disabled");
    assertThat(accepts(plaintext)).isFalse();
    assertThat(page.focused()).isEqualTo("switch-2");
    page.click("#switch-2");
    page.see("#switch-2[aria-checked=true]");
    assertThat(accepts(plaintext)).isTrue();
  }

  @Test
  void a_rotated_token_gets_a_new_plaintext_and_the_old_one_its_overlap() {
    String old = tokens.create(NewToken.named("bot")).reveal();
    page.signIn(admin);
    page.click("#rotate-2");
    assertThat(page.see("#rotate h2").getText()).isEqualTo("Rotate bot");
    page.click("#rotate .primary");
    String second = page.shown();
    page.done();
    assertThat(List.of(accepts(old), accepts(second))).containsExactly(true, true);
    page.click("#rotate-2");
    page.choose("#overlap", "0");
    page.click("#rotate .primary");
    String third = page.shown();
    page.done();
    assertThat(List.of(accepts(old), accepts(second), accepts(third)))
        .containsExactly(false, false, true);
  }

  @Test
  void whoever_cuts_off_their_own_token_still_sees_the_new_one() {
    page.signIn(admin);
    page.click("#rotate-1");
    page.choose("#overlap", "0");
    page.click("#rotate .primary");
    String plaintext = page.shown();
    page.click("#shown .buttons button:last-child");
    page.see("#sign-in .error", "valid API token is needed");
    page.signIn(plaintext);
  }

  @Test
  void a_token_is_deleted_only_after_the_warning() {
    String plaintext = tokens.create(NewToken.named("bot")).reveal();
    page.signIn(admin);
    page.click("#delete-2");
    assertThat(page.see("#delete").getText())
        .contains("Delete bot?", "any caller using this token stops at once");
    page.click("#delete .cancel");
    page.seeNo("dialog");
    assertThat(accepts(plaintext)).isTrue();
    page.click("#delete-2");
    page.click("#delete .primary");
    page.see("#status", "bot\u2069” is deleted.");
    assertThat(page.names()).containsExactly("admin");
    assertThat(accepts(plaintext)).isFalse();
    assertThat(page.focused()).isEqualTo("new");
  }

  @Test
  void what_another_person_has_deleted_is_said_and_leaves_the_list() {
    long id = given("bot");
    page.signIn(admin);
    tokens.delete(id);
    page.click("#delete-2");
    page.click("#delete .primary");
    page.see("#delete .error", "there is no such token");
    page.click("#delete .cancel");
    page.seeNo("#delete-2");
  }

  @Test
  void a_token_that_has_expired_says_so() {
    Instant soon = Instant.now().plusSeconds(3600);
    long id = tokens.create(NewToken.named("old").expiresAt(soon)).token().id();
    given("other");
    page.signIn(admin);
    assertThat(row(id, ".word")).isEqualTo("Enabled");
    page.script("Date.now = () => " + soon.toEpochMilli());
    page.click("#switch-3"); // and see the list anew
    page.see("#status", "is disabled");
    assertThat(row(id, ".word")).isEqualTo("Expired");
  }

  @Test
  void everything_can_be_done_by_keyboard() {
    page.see("#key");
    page.press(admin, Keys.ENTER);
    page.see("#tokens");
    page.press(Keys.ENTER); // New token
    page.see("#create");
    page.press("typed", Keys.ENTER);
    String old = page.shown();
    assertThat(page.focused()).isEqualTo("copy");
    page.press(Keys.ENTER);
    page.see("#shown .error", "Copied.");
    page.press(Keys.ESCAPE);
    page.see("#switch-2");

    tab("switch-1", "rotate-1", "delete-1", "switch-2");
    page.press(Keys.SPACE);
    page.see("#switch-2[aria-checked=false]");
    page.press(Keys.SPACE);
    page.see("#switch-2[aria-checked=true]");
    tab("rotate-2");
    page.press(Keys.ENTER);
    page.see("#rotate");
    assertThat(page.focused()).isEqualTo("overlap");
    page.press(Keys.HOME); // at once
    page.press(Keys.TAB);
    page.press(Keys.TAB);
    page.press(Keys.ENTER);
    page.shown();
    assertThat(accepts(old)).isFalse();
    page.press(Keys.ENTER); // Copy
    page.see("#shown .error", "Copied.");
    page.press(Keys.TAB);
    page.press(Keys.ENTER); // Done
    page.seeNo("dialog");
    assertThat(page.focused()).isEqualTo("rotate-2");

    tab("delete-2");
    page.press(Keys.ENTER);
    page.see("#delete");
    page.press(Keys.ESCAPE);
    page.seeNo("dialog");
    assertThat(page.focused()).isEqualTo("delete-2");
    page.press(Keys.ENTER);
    page.see("#delete");
    page.press(Keys.ENTER); // Cancel is what an absent mind presses
    page.seeNo("dialog");
    page.press(Keys.ENTER);
    page.see("#delete");
    page.press(Keys.TAB);
    page.press(Keys.ENTER);
    page.seeNo("#switch-2");
    page.press(Keys.chord(Keys.SHIFT, Keys.TAB));
    assertThat(page.focused()).isEqualTo("sign-out");
    page.press(Keys.ENTER);
    page.see("#sign-in");
    assertThat(page.focused()).isEqualTo("key");
  }

  @Test
  void escape_does_not_take_away_what_nobody_has_copied_at_once() {
    page.signIn(admin);
    String plaintext = page.create("ci");
    page.press(Keys.ESCAPE);
    page.see("#shown .error", "Not copied yet");
    assertThat(page.shown()).isEqualTo(plaintext);
    page.press(Keys.ESCAPE);
    page.seeNo("dialog");
  }

  private void tab(String... ids) {
    for (String id : ids) {
      page.press(Keys.TAB);
      assertThat(page.focused()).isEqualTo(id);
    }
  }

  private void grantClipboard() {
    page.browser.executeCdpCommand(
        "Browser.grantPermissions",
        Map.of("origin", server.url(), "permissions", List.of("clipboardReadWrite")));
  }

  private String row(long id, String css) {
    WebElement cell = page.see("tr:has(#switch-" + id + ") " + css);
    return cell.getText();
  }

  private Instant time(long id, String name) {
    return Instant.parse(
        page.see("tr:has(#switch-" + id + ") ." + name).getDomAttribute("datetime"));
  }
}
