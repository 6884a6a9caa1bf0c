package io.counterfoil.http;

import static io.counterfoil.http.ApiFixture.text;
import static io.counterfoil.http.FakeRequest.get;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.StringReader;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The texts of the management page, which a host can translate. */
class PageTextsTest {
  /** The beginnings of keys whose ends the scripts compute. */
  private static final List<String> COMPUTED =
      List.of("state.", "row.", "disable.", "delete.", "status.", "edit", "rotate", "delete");

  private final TokenPage page =
      TokenPage.of("/settings/tokens", "/api/tokens", new ApiFixture().tokens);

  @Test
  void a_host_can_replace_texts_of_page_and_scripts() {
    TokenPage german = page.texts(
        Map.of("lang", "de", "title", "API-Token", "create.open", "Neu", "state.enabled", "Aktiv"));
    assertThat(text(german.handle(get("/"))))
        .contains("<html lang=\"de\"", "<h1>API-Token</h1>", ">Neu</button>", ">Cancel</button>");
    assertThat(text(german.handle(get("/texts.js"))))
        .contains("\"state.enabled\":\"Aktiv\"", "\"state.disabled\":\"Disabled\"");
    assertThat(text(page.handle(get("/")))).contains("<h1>API tokens</h1>");
  }

  @Test // CWE-79
  void a_text_is_never_markup_or_code() {
    TokenPage hostile = page.texts(Map.of("title", "\"><script>alert(1)</script>&"));
    assertThat(text(hostile.handle(get("/"))))
        .contains("<h1>&quot;&gt;&lt;script&gt;alert(1)&lt;/script&gt;&amp;</h1>");
    assertThat(text(hostile.handle(get("/texts.js"))))
        .contains("\"title\":\"\\\"><script>alert(1)</script>&\"");
  }

  @Test
  void a_number_may_have_every_plural_form() {
    assertThat(
            text(page.texts(Map.of("list.count.few", "{count} tokeny")).handle(get("/texts.js"))))
        .contains("\"list.count.few\":\"{count} tokeny\"");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "titel          | x                | texts: the key \"titel\" (expected: a key of io/counterfoil/http/page/texts.properties)",
        "title.few      | x                | texts: the key \"title.few\" (expected: a key of io/counterfoil/http/page/texts.properties)",
        "status.deleted | '{nme} is gone'  | texts: {nme} in the text of status.deleted (expected: {name})",
        "list.count.few | '{number}'       | texts: {number} in the text of list.count.few (expected: {count})",
        "cancel         | '{name}'         | texts: {name} in the text of cancel (expected: no value)"
      })
  void an_unknown_key_or_value_is_refused(String key, String text, String message) {
    assertThatThrownBy(() -> page.texts(Map.of(key, text)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(message);
  }

  @Test
  void every_text_is_used_and_every_text_that_is_used_exists() throws Exception {
    Properties texts = new Properties();
    texts.load(new StringReader(PageFile.read(PageTexts.ENGLISH)));
    var keys = new TreeSet<>(texts.stringPropertyNames());
    String scripts =
        PageFile.SCRIPTS.stream().map(PageFile::read).collect(Collectors.joining("\n"));
    String html = PageFile.html();
    assertThat(used(scripts, "\\btext\\([^'`;)]*'([^']+)'")).isNotEmpty().isSubsetOf(keys);
    assertThat(used(scripts, "\\bplural\\('([^']+)'"))
        .isNotEmpty()
        .allSatisfy(key -> assertThat(keys).contains(key + ".one", key + ".other"));
    assertThat(keys)
        .filteredOn(key -> COMPUTED.stream().noneMatch(key::startsWith))
        .allSatisfy(key -> assertThat(html + scripts)
            .containsAnyOf('{' + key + '}', '\'' + key.replaceAll("\\.(one|other)$", "") + '\''));
  }

  private static List<String> used(String scripts, String pattern) {
    return Pattern.compile(pattern)
        .matcher(scripts)
        .results()
        .map(found -> found.group(1))
        .toList();
  }
}
