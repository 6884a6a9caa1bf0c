package io.counterfoil.examples.panel;

import static org.assertj.core.api.Assertions.assertThat;

import io.counterfoil.NewToken;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Tokens are enabled, disabled, rotated and deleted in the management page. */
class PageChangeTest extends BrowserTest {
  @Test // G2
  void the_switch_disables_and_enables() {
    String plaintext = tokens.create(NewToken.named("bot")).reveal();
    page.signIn(admin);
    page.click("#switch-2");
    page.see("#switch-2[aria-checked=false]");
    page.see("#status", "bot\u2069” is disabled.");
    assertThat(rowText(2, ".word")).isEqualTo("Disabled");
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
    String second = page.shownPlaintext();
    page.closePlaintextDialog();
    assertThat(List.of(accepts(old), accepts(second))).containsExactly(true, true);
    page.click("#rotate-2");
    page.choose("#overlap", "0");
    page.click("#rotate .primary");
    String third = page.shownPlaintext();
    page.closePlaintextDialog();
    assertThat(List.of(accepts(old), accepts(second), accepts(third)))
        .containsExactly(false, false, true);
  }

  @Test
  void a_person_who_rotates_their_own_token_without_overlap_still_sees_the_new_one() {
    page.signIn(admin);
    page.click("#rotate-1");
    page.choose("#overlap", "0");
    page.click("#rotate .primary");
    String plaintext = page.shownPlaintext();
    page.click("#shown .buttons button:last-child");
    page.see("#sign-in .error", "valid API token is needed");
    page.signIn(plaintext);
  }

  @Test
  void a_late_401_for_the_list_does_not_hide_the_plaintext() {
    createToken("bot");
    page.signIn(admin);
    page.script("const ask = window.fetch; window.fetch = async (...a) => { if (a[1].body) { return"
        + " ask(...a) } await new Promise(go => window.go = go);"
        + " return new Response('{}', {status: 401}) }");
    page.click("#switch-2");
    page.await(() -> page.script("return window.go?.name") != null);
    page.click("#rotate-2");
    page.click("#rotate .primary");
    String plaintext = page.shownPlaintext();
    page.script("go()");
    page.browser.executeAsyncScript("setTimeout(arguments[0])"); // after the tasks of go()
    assertThat(page.shownPlaintext()).isEqualTo(plaintext);
  }

  @Test // M6
  void rotating_a_disabled_token_ends_its_old_plaintext_by_default() {
    String leaked = tokens.create(NewToken.named("bot")).reveal();
    tokens.reportLeak(leaked);
    page.signIn(admin);
    page.click("#rotate-2");
    page.click("#rotate .primary");
    page.shownPlaintext();
    tokens.enable(2);
    assertThat(accepts(leaked)).isFalse();
  }

  @Test
  void a_token_is_deleted_only_after_the_warning() {
    String plaintext = tokens.create(NewToken.named("bot")).reveal();
    page.signIn(admin);
    page.click("#delete-2");
    assertThat(page.see("#confirm").getText())
        .contains("Delete bot?", "Programs that use this token lose access immediately.");
    page.click("#confirm .cancel");
    page.seeNo("dialog");
    assertThat(accepts(plaintext)).isTrue();
    page.click("#delete-2");
    page.click("#confirm .primary");
    page.see("#status", "bot\u2069” is deleted.");
    assertThat(page.names()).containsExactly("admin");
    assertThat(accepts(plaintext)).isFalse();
    assertThat(page.focused()).isEqualTo("new");
  }

  @Test
  void deleting_a_token_that_another_person_has_deleted_shows_an_error_and_updates_the_list() {
    long id = createToken("bot");
    page.signIn(admin);
    tokens.delete(id);
    page.click("#delete-2");
    page.click("#confirm .primary");
    page.see("#confirm .error", "there is no such token");
    page.click("#confirm .cancel");
    page.seeNo("#delete-2");
  }
}
