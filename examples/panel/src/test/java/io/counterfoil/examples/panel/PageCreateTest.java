package io.counterfoil.examples.panel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.mockito.Mockito.times;
import static org.mockito.Mockito.verify;

import io.counterfoil.Token;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import org.junit.jupiter.api.Test;
import org.mockito.ArgumentMatchers;
import org.openqa.selenium.Keys;

/** How a token is created in the management page. */
class PageCreateTest extends BrowserTest {
  @Test
  void a_created_token_is_shown_once_and_works() {
    page.signIn(admin);
    String plaintext = page.create("central-panel-a");
    assertThat(accepts(plaintext)).isTrue();
    assertThat(page.see("#shown h2").getText()).isEqualTo("New plaintext of central-panel-a");
    page.closePlaintextDialog();
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
    page.type("#scopes", " servers:read  a,b ");
    page.type("#addresses", "192.0.2.1, 2001:db8::/32");
    page.click("#create .primary");
    page.shownPlaintext();
    page.closePlaintextDialog();
    Token narrow = token("narrow");
    assertThat(narrow.scopes()).containsExactlyInAnyOrder("servers:read", "a,b");
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
    page.shownPlaintext();
    page.closePlaintextDialog();
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
    page.shownPlaintext();
    page.closePlaintextDialog();
    assertThat(page.names()).containsExactly("admin", "admin-b");
  }

  @Test
  void a_form_that_is_sent_twice_creates_one_token() {
    page.signIn(admin);
    page.click("#new");
    page.type("#name", "one");
    page.script("const form = document.querySelector('#create form');"
        + "form.requestSubmit(); form.requestSubmit(); form.requestSubmit()");
    page.shownPlaintext();
    page.closePlaintextDialog();
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

  @Test
  void escape_does_not_take_away_what_nobody_has_copied_at_once() {
    page.signIn(admin);
    String plaintext = page.create("ci");
    page.press(Keys.ESCAPE);
    page.see("#shown .error", "Not copied yet");
    assertThat(page.shownPlaintext()).isEqualTo(plaintext);
    page.press(Keys.ESCAPE);
    page.seeNo("dialog");
  }
}
