package io.counterfoil.examples.panel;

import static org.assertj.core.api.Assertions.assertThat;

import io.counterfoil.StoredToken;
import io.counterfoil.TokenHash;
import io.counterfoil.testing.Effort;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.WebElement;

/** The page shows every name as text (E13, CWE-79). */
class PageNamesTest extends BrowserTest {
  private static final List<String> HOSTILE = List.of(
      "<img src=x onerror=document.title='run'>",
      "\"><script>document.title='run'</script>",
      "'onfocus=document.title='run' autofocus='",
      "</bdi></template><svg/onload=document.title='run'>",
      "<a href=javascript:document.title='run'>click</a>",
      "<link rel=stylesheet href=//elsewhere.example/x>",
      "<meta http-equiv=refresh content=0;url=//elsewhere.example>",
      "{{7*7}}${7*7}#{7*7}",
      "&lt;b&gt;&amp;&#60;&quot;",
      "--><!--",
      "]]>",
      "\\u003cimg\\u003e",
      "%3Cscript%3E",
      "__proto__",
      "constructor",
      "javascript:alert(1)",
      "W".repeat(64),
      "Z" + "\u0300".repeat(63),
      "😀".repeat(64),
      "👨👩👧👦",
      "שלום עולם",
      "مفتاح CI 7 !",
      "a  b", // two spaces
      "= 1+1");

  /** New names must not contain U+200B or U+200D (P12), but a stored one may. */
  private static final String INVISIBLE = "👨\u200D👩\u200D👧 ci\u200B";

  @BeforeEach
  void create() {
    HOSTILE.forEach(this::createToken);
    store.insert(StoredToken.builder()
        .name(INVISIBLE)
        .hash(TokenHash.of("sha256", new byte[TokenHash.LENGTH]))
        .enabled(true)
        .createdAt(Instant.EPOCH)
        .build());
  }

  @Test
  void the_list_shows_them_character_for_character_and_nothing_runs() {
    page.signIn(admin);
    assertThat(page.names())
        .containsExactlyElementsOf(Stream.of(List.of("admin"), HOSTILE, List.of(INVISIBLE))
            .flatMap(List::stream)
            .toList());
    assertNothingHappened();
  }

  @Test
  void dialogs_buttons_and_status_show_them_character_for_character() {
    page.signIn(admin);
    List<String> some = HOSTILE.subList(0, Math.min(9, Effort.times(3)));
    for (String name : Stream.concat(some.stream(), Stream.of(INVISIBLE)).toList()) {
      long id = token(name).id();
      page.click("#rotate-" + id);
      assertThat(text("#rotate h2")).isEqualTo("Rotate " + name);
      page.click("#rotate .cancel");
      page.click("#switch-" + id);
      page.see("#switch-" + id + "[aria-checked=false]");
      assertThat(text("#status")).isEqualTo("“\u2068" + name + "\u2069” is disabled.");
      assertThat(page.see("#switch-" + id).getDomAttribute("aria-label"))
          .isEqualTo("Enabled: " + name);
      page.click("#delete-" + id);
      assertThat(text("#confirm h2")).isEqualTo("Delete " + name + "?");
      page.click("#confirm .primary");
      page.seeNo("#delete-" + id);
    }
    assertNothingHappened();
  }

  @Test
  void a_typed_name_is_created_and_shown_character_for_character() {
    page.signIn(admin);
    String name = "<b>\"typed\"</b>&amp;";
    page.create(name);
    assertThat(text("#shown h2")).isEqualTo("New plaintext of " + name);
    page.closePlaintextDialog();
    assertThat(token(name).name()).isEqualTo(name);
    assertThat(page.names()).contains(name);
    assertNothingHappened();
  }

  @Test // A12
  void a_name_that_changes_the_text_direction_is_refused_in_the_page() {
    page.signIn(admin);
    page.click("#new");
    page.script("document.querySelector('#name').value = 'ci\u202Egro'");
    page.click("#editor .primary");
    page.see("#editor .error", "name");
    assertThat(tokens.list().count()).isEqualTo(2 + HOSTILE.size());
  }

  private String text(String css) {
    WebElement element = page.see(css);
    return element.getDomProperty("textContent");
  }

  /**
   * Asserts that there was no script, no markup, no request to another server, and nothing for the content security policy to
   * stop.
   */
  private void assertNothingHappened() {
    assertThat(page.browser.getTitle()).isEqualTo("API tokens");
    assertThat(page.script("return document.querySelectorAll('#rows :is(img, script, svg, a,"
            + " link, meta, b)').length"))
        .isEqualTo(0L);
    List<String> asked =
        page.texts("return performance.getEntriesByType('resource').map(entry => entry.name)");
    assertThat(asked).isNotEmpty().allMatch(url -> url.startsWith(server.url()));
    assertThat(page.browser.getCurrentUrl()).startsWith(server.url());
    assertThat(page.consoleMessages()).isEmpty();
  }
}
