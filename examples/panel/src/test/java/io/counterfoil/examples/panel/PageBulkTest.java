package io.counterfoil.examples.panel;

import static org.assertj.core.api.Assertions.assertThat;

import io.counterfoil.NewToken;
import io.counterfoil.StoredToken;
import io.counterfoil.Token;
import io.counterfoil.TokenHash;
import java.nio.ByteBuffer;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.Keys;

/** Several tokens are disabled or deleted at once, after a dialog that names them. */
class PageBulkTest extends BrowserTest {
  private void create(int last) {
    for (int i = 2; i <= last; i++) {
      createToken("t" + i);
    }
  }

  private void createExpired(int count) {
    for (int i = 1; i <= count; i++) {
      store.insert(StoredToken.builder()
          .name("old" + i)
          .hash(TokenHash.of(
              "sha256", ByteBuffer.allocate(TokenHash.LENGTH).putInt(i).array()))
          .enabled(true)
          .createdAt(Instant.EPOCH)
          .expiresAt(Instant.EPOCH.plusSeconds(i))
          .build());
    }
  }

  @Test
  void the_selected_tokens_are_disabled() {
    create(7);
    page.signIn(admin);
    page.seeNo("#disable-selected, #delete-selected");
    page.click("#select-3");
    page.click("#select-5");
    page.see("#selected", "2 tokens selected");
    page.click("#disable-selected");
    assertThat(page.see("#confirm").getText())
        .contains("Disable 2 tokens?", "until you enable them again", "t3\nt5");
    page.click("#confirm .cancel");
    page.seeNo("dialog");
    assertThat(tokens.list().allMatch(Token::enabled)).isTrue();
    page.click("#disable-selected");
    page.click("#confirm .primary");
    page.see("#status", "2 tokens are disabled.");
    assertThat(tokens.list().filter(token -> !token.enabled()).map(Token::name))
        .containsExactly("t3", "t5");
    page.see("#selected", "2 tokens selected"); // so that they can be deleted next
  }

  @Test
  void a_single_selected_token_is_called_by_its_name() {
    create(7);
    page.signIn(admin);
    page.click("#select-4");
    page.click("#delete-selected");
    assertThat(page.see("#confirm").getText())
        .contains("Delete t4?", "Programs that use this token lose access immediately.");
    page.click("#confirm .primary");
    page.see("#status", "“\u2068t4\u2069” is deleted.");
    assertThat(page.names()).doesNotContain("t4").hasSize(6);
    page.see("#selected", "Select all tokens on this page");
  }

  @Test
  void all_tokens_on_a_page_can_be_selected_and_the_first_ten_are_named() {
    create(14);
    page.signIn(admin);
    page.click("#select-all");
    page.see("#selected", "14 tokens selected");
    page.click("#select-1");
    page.see("#selected", "13 tokens selected");
    assertThat(page.script("return document.querySelector('#select-all').indeterminate"))
        .isEqualTo(true);
    page.click("#delete-selected");
    assertThat(page.see("#confirm-names").getText()).endsWith("t11\nand 3 more");
    page.click("#confirm .primary");
    page.see("#status", "13 tokens are deleted.");
    assertThat(page.names()).containsExactly("admin");
  }

  @Test
  void nothing_is_deleted_if_one_of_the_tokens_exceeds_the_rights_of_the_caller() {
    create(6);
    String narrow = tokens.create(NewToken.named("narrow").scopes("a")).reveal();
    page.signIn(narrow);
    page.click("#select-1");
    page.click("#select-2");
    page.click("#delete-selected");
    page.click("#confirm .primary");
    page.see("#confirm .error", "1");
    page.click("#confirm .cancel");
    page.seeNo("dialog");
    assertThat(tokens.list()).hasSize(7);
  }

  @Test
  void all_expired_tokens_are_deleted_after_they_were_counted() {
    create(6);
    createExpired(1_003);
    page.signIn(admin);
    page.seeNo("#delete-expired");
    page.choose("#state", "expired");
    page.click("#delete-expired");
    assertThat(page.see("#confirm").getText())
        .contains("Delete 1,003 expired tokens?", "also those that the filters hide");
    page.click("#confirm .primary");
    page.see("#status", "1,003 expired tokens are deleted.");
    page.see("#none");
    assertThat(tokens.list()).hasSize(6);
  }

  @Test
  void a_deletion_that_fails_on_the_way_reports_how_many_tokens_are_deleted() {
    String narrow = tokens.create(NewToken.named("narrow").scopes("a")).reveal();
    createExpired(103);
    page.signIn(narrow);
    page.choose("#state", "expired");
    page.click("#delete-expired");
    page.see("#confirm", "Delete 103 expired tokens?");
    page.script("const ask = window.fetch; let parts = 0; window.fetch = (...a) =>"
        + " parts++ === 1 ? Promise.reject(new TypeError('away')) : ask(...a)");
    page.click("#confirm .primary");
    page.see("#confirm .error", "The server does not answer.");
    page.see("#confirm-text", "100 expired tokens are deleted.");
    page.click("#confirm .cancel");
    page.see("#status", "3 tokens");
  }

  @Test
  void a_selection_is_made_and_confirmed_by_keyboard() {
    create(7);
    page.signIn(admin);
    page.script("document.querySelector('#select-2').focus()");
    page.press(Keys.SPACE);
    page.see("#selected", "1 token selected");
    page.script("document.querySelector('#select-all').focus()");
    page.press(Keys.TAB);
    page.press(Keys.TAB);
    assertThat(page.focused()).isEqualTo("delete-selected");
    page.press(Keys.ENTER);
    page.see("#confirm");
    page.press(Keys.ENTER); // Cancel has the focus
    page.seeNo("dialog");
    assertThat(page.focused()).isEqualTo("delete-selected");
    page.press(Keys.ENTER);
    page.press(Keys.TAB);
    page.press(Keys.ENTER);
    page.see("#status", "is deleted");
    assertThat(page.names()).doesNotContain("t2");
    assertThat(page.focused()).isEqualTo("new");
  }
}
