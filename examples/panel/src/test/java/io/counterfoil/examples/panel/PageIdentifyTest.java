package io.counterfoil.examples.panel;

import static org.assertj.core.api.Assertions.assertThat;

import io.counterfoil.NewToken;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.Keys;

/** The page tells which token a plaintext belongs to. */
class PageIdentifyTest extends BrowserTest {
  @Test
  void the_token_of_a_plaintext_is_named_and_can_be_shown_alone() {
    String plaintext = tokens.create(NewToken.named("bot").scopes("a")).reveal();
    createToken("bot-2");
    tokens.disable(2);
    page.signIn(admin);
    page.click("#identify-open");
    assertThat(page.see("#unknown").getDomAttribute("type")).isEqualTo("password");
    page.press(' ' + plaintext + ' ', Keys.ENTER);
    assertThat(page.see("#identified", "bot").getText())
        .contains("This is the plaintext of bot.", "Disabled · a");
    page.click("#identified-show");
    page.see("#reset");
    assertThat(page.names()).containsExactly("bot");
    page.click("#delete-2");
    page.click("#confirm .primary");
    page.see("#none");
    page.click("#reset");
    page.see("#status", "2 tokens");
  }

  @Test
  void a_plaintext_that_no_token_of_the_caller_has_is_unknown() {
    page.signIn(admin);
    page.click("#identify-open");
    page.press("cf_unknown", Keys.ENTER);
    page.see("#identify .error", "there is no such token");
    page.seeNo("#identified-show");
    page.press(admin, Keys.ENTER); // the field still has the focus
    page.see("#identified", "This is the plaintext of admin.");
    page.seeNo("#identify .error");
    page.press(Keys.ESCAPE);
    page.seeNo("dialog");
    page.click("#identify-open");
    assertThat(page.see("#identify").getText()).doesNotContain("admin");
  }

  @Test
  void the_field_is_empty_before_the_plaintext_is_sent() {
    page.signIn(admin);
    page.script(
        "window.fetch = async () => { window.field = document.querySelector('#unknown').value;"
            + " return new Response('{}', {status: 500}) }");
    page.click("#identify-open");
    page.press("cf_secret", Keys.ENTER);
    page.see("#identify .error", "status 500");
    assertThat(page.script("return window.field")).isEqualTo("");
  }
}
