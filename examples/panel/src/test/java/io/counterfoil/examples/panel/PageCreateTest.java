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
import org.junit.jupiter.api.Test;
import org.mockito.ArgumentMatchers;
import org.openqa.selenium.Keys;

/** Tokens are created in the management page. */
class PageCreateTest extends BrowserTest {
  @Test
  void a_created_token_is_shown_once_and_works() {
    page.signIn(admin);
    String plaintext = page.create("central-panel-a");
    assertThat(accepts(plaintext)).isTrue();
    assertThat(page.see("#shown h2").getText()).isEqualTo("New plaintext of central-panel-a");
    page.closePlaintextDialog();
    assertThat(page.names()).containsExactly("admin", "central-panel-a");
    assertThat(token("central-panel-a").expiresAt().orElseThrow()) // 90 days by default
        .isCloseTo(Instant.now().plus(90, ChronoUnit.DAYS), within(1, ChronoUnit.MINUTES));
    assertThat(page.focused()).isEqualTo("new");
  }

  @Test
  void a_token_gets_the_expiry_scopes_and_addresses_that_were_chosen() {
    page.signIn(admin);
    page.click("#new");
    page.type("#name", "narrow");
    page.type("#description", "Only reads");
    page.choose("#expiry", "date");
    page.script("document.querySelector('#day').value = '2100-02-28'");
    page.choose("#rights", "scopes");
    page.type("#scopes", " servers:read  a,b ");
    page.click("#editor summary");
    page.type("#addresses", "192.0.2.1, 2001:db8::/32");
    page.click("#editor .primary");
    page.shownPlaintext();
    page.closePlaintextDialog();
    Token narrow = token("narrow");
    assertThat(narrow.scopes()).containsExactlyInAnyOrder("servers:read", "a,b");
    assertThat(narrow.description()).isEqualTo("Only reads");
    assertThat(narrow.allowedAddresses()).hasSize(2).contains("192.0.2.1/32");
    assertThat(narrow.expiresAt())
        .hasValue(LocalDate.of(2100, 2, 28)
            .atTime(23, 59, 59)
            .atZone(ZoneId.systemDefault())
            .toInstant());
    page.click("#new");
    page.type("#name", "permanent");
    page.choose("#expiry", "");
    page.click("#editor .primary");
    page.shownPlaintext();
    page.closePlaintextDialog();
    assertThat(token("permanent").expiresAt()).isEmpty();
    assertThat(token("permanent").scopes()).isEmpty();
  }

  @Test // P2
  void a_token_is_unrestricted_only_if_that_was_chosen() {
    page.signIn(admin);
    page.seeNo("#scopes-field");
    page.create("none");
    page.closePlaintextDialog();
    assertThat(token("none").scopes()).isEmpty();
    page.click("#new");
    page.type("#name", "all");
    page.choose("#rights", "*");
    page.click("#editor .primary");
    page.shownPlaintext();
    page.closePlaintextDialog();
    assertThat(token("all").scopes()).containsExactly("*");
    page.click("#new");
    page.type("#name", "some");
    page.choose("#rights", "scopes");
    page.click("#editor .primary"); // the browser asks for the scopes
    page.type("#scopes", " " + Keys.ENTER); // so does the page
    page.see("#editor .error", "scopes");
    assertThat(tokens.list()).hasSize(3);
  }

  @Test // M1
  void a_caller_that_is_not_unrestricted_cannot_create_a_token_that_is() {
    String narrow = tokens.create(NewToken.named("narrow").scopes("a")).reveal();
    page.signIn(narrow);
    page.click("#new");
    page.type("#name", "all");
    page.choose("#rights", "*");
    page.click("#editor .primary");
    page.see("#editor .error", "a scope or an address that you do not have");
    page.choose("#rights", "scopes");
    page.type("#scopes", "a" + Keys.ENTER);
    page.shownPlaintext();
    page.closePlaintextDialog();
    assertThat(token("all").scopes()).containsExactly("a");
  }

  @Test
  void an_error_of_the_api_is_shown_in_the_dialog() {
    page.signIn(admin);
    page.click("#new");
    page.type("#name", "admin" + Keys.ENTER);
    page.see("#editor .error", "a token with that name already exists");
    page.type("#name", "x".repeat(65) + Keys.ENTER);
    page.see("#editor .error", "64");
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
    page.script("const form = document.querySelector('#editor form');"
        + "form.requestSubmit(); form.requestSubmit(); form.requestSubmit()");
    page.shownPlaintext();
    page.closePlaintextDialog();
    verify(store, times(2)).insert(ArgumentMatchers.any()); // the first one is the admin's
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
  void an_example_with_curl_names_the_api_but_not_the_plaintext() {
    grantClipboard();
    page.signIn(admin);
    page.create("ci");
    page.click("#shown summary");
    page.click("#copy-example");
    page.see("#shown .error", "Copied.");
    assertThat((String) page.browser.executeAsyncScript(
            "navigator.clipboard.readText().then(arguments[0], e => arguments[0](String(e)))"))
        .isEqualTo("curl -H \"Authorization: Bearer $TOKEN\" " + server.url()
            + "panel/api/setting/apiTokens");
    page.press(Keys.ESCAPE); // the plaintext itself was not copied
    page.see("#shown .error", "Not copied yet");
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
  void escape_closes_a_plaintext_that_was_not_copied_only_the_second_time() {
    page.signIn(admin);
    String plaintext = page.create("ci");
    page.press(Keys.ESCAPE);
    page.see("#shown .error", "Not copied yet");
    assertThat(page.shownPlaintext()).isEqualTo(plaintext);
    page.press(Keys.ESCAPE);
    page.seeNo("dialog");
  }
}
