package io.counterfoil.examples.panel;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.openqa.selenium.Keys;

/** The management page without a mouse. */
class PageKeyboardTest extends BrowserTest {
  @Test
  void everything_can_be_done_by_keyboard() {
    page.see("#key");
    page.press(admin, Keys.ENTER);
    page.see("#tokens");
    page.press(Keys.ENTER); // New token
    page.see("#editor");
    page.press("typed", Keys.ENTER);
    String old = page.shownPlaintext();
    assertThat(page.focused()).isEqualTo("copy");
    page.press(Keys.ENTER);
    page.see("#shown .error", "Copied.");
    page.press(Keys.ESCAPE);
    page.see("#switch-2");

    tab("switch-1", "edit-1", "rotate-1", "delete-1", "switch-2");
    page.press(Keys.SPACE);
    page.see("#switch-2[aria-checked=false]");
    page.press(Keys.SPACE);
    page.see("#switch-2[aria-checked=true]");
    tab("edit-2");
    page.press(Keys.ENTER);
    page.see("#editor");
    assertThat(page.focused()).isEqualTo("name");
    page.press(Keys.ESCAPE);
    page.seeNo("dialog");
    assertThat(page.focused()).isEqualTo("edit-2");

    tab("rotate-2");
    page.press(Keys.ENTER);
    page.see("#rotate");
    assertThat(page.focused()).isEqualTo("overlap");
    page.press(Keys.HOME); // no overlap
    page.press(Keys.TAB);
    page.press(Keys.TAB);
    page.press(Keys.ENTER);
    page.shownPlaintext();
    assertThat(accepts(old)).isFalse();
    page.press(Keys.ENTER); // Copy
    page.see("#shown .error", "Copied.");
    page.press(Keys.TAB);
    page.expectNewList();
    page.press(Keys.ENTER); // Done
    page.awaitNewList();
    assertThat(page.focused()).isEqualTo("rotate-2");

    tab("delete-2");
    page.press(Keys.ENTER);
    page.see("#confirm");
    page.press(Keys.ESCAPE);
    page.seeNo("dialog");
    assertThat(page.focused()).isEqualTo("delete-2");
    page.press(Keys.ENTER);
    page.see("#confirm");
    page.press(Keys.ENTER); // Cancel has the focus, so that Enter does not delete by mistake
    page.seeNo("dialog");
    page.press(Keys.ENTER);
    page.see("#confirm");
    page.press(Keys.TAB);
    page.press(Keys.ENTER);
    page.seeNo("#switch-2");
    page.press(Keys.chord(Keys.SHIFT, Keys.TAB));
    assertThat(page.focused()).isEqualTo("identify-open");
    page.press(Keys.chord(Keys.SHIFT, Keys.TAB));
    assertThat(page.focused()).isEqualTo("sign-out");
    page.press(Keys.ENTER);
    page.see("#sign-in");
    assertThat(page.focused()).isEqualTo("key");
  }

  private void tab(String... ids) {
    for (String id : ids) {
      page.press(Keys.TAB);
      assertThat(page.focused()).isEqualTo(id);
    }
  }
}
