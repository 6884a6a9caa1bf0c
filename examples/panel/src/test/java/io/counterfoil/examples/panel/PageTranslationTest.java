package io.counterfoil.examples.panel;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;

import io.counterfoil.http.Caller;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A host translates the texts of the page. */
class PageTranslationTest extends BrowserTest {
  private static final String POLISH = """
      lang=pl
      title=Tokeny
      create.open=Nowy token
      state.enabled=Aktywny
      delete.title=Usunąć {name}?
      list.count.one={count} token
      list.count.few={count} tokeny
      list.count.many={count} tokenów
      list.count.other={count} tokena
      """;

  @Test
  void the_page_shows_the_texts_and_the_relative_times_of_the_host(@TempDir Path folder)
      throws Exception {
    createToken("bot");
    Path file = Files.writeString(folder.resolve("texts_pl.properties"), POLISH);
    try (PageServer host = PageServer.start(
        tokens, request -> Optional.of(Caller.withoutOwner().unrestricted()), texts(file))) {
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

  private static Map<String, String> texts(Path file) throws IOException {
    Properties texts = new Properties();
    try (Reader reader = Files.newBufferedReader(file, UTF_8)) {
      texts.load(reader);
    }
    return texts.stringPropertyNames().stream().collect(toMap(key -> key, texts::getProperty));
  }
}
