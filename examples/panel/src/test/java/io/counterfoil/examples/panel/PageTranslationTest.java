package io.counterfoil.examples.panel;

import static org.assertj.core.api.Assertions.assertThat;

import io.counterfoil.http.Caller;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** A host translates the texts of the page. */
class PageTranslationTest extends BrowserTest {
  @Test
  void the_page_shows_the_texts_and_the_relative_times_of_the_host() throws Exception {
    createToken("bot");
    Map<String, String> polish = Map.of(
        "lang", "pl",
        "title", "Tokeny",
        "create.open", "Nowy token",
        "state.enabled", "Aktywny",
        "delete.title", "Usunąć {name}?",
        "list.count.one", "{count} token",
        "list.count.few", "{count} tokeny",
        "list.count.many", "{count} tokenów",
        "list.count.other", "{count} tokena");
    try (PageServer host = PageServer.start(
        tokens, request -> Optional.of(Caller.withoutOwner().unrestricted()), polish)) {
      page.open(host.url());
      page.see("#status", "2 tokeny");
      assertThat(page.browser.getTitle()).isEqualTo("Tokeny");
      assertThat(page.see("#new").getText()).isEqualTo("Nowy token");
      assertThat(rowText(2, ".word")).isEqualTo("Aktywny");
      assertThat(rowText(2, ".created")).isEqualTo("teraz");
      page.click("#delete-2");
      assertThat(page.see("#confirm h2").getText()).isEqualTo("Usunąć bot?");
      assertThat(page.see("#confirm .cancel").getText()).isEqualTo("Cancel"); // not translated
    }
  }
}
