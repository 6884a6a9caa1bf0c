package io.counterfoil.examples.panel;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.counterfoil.NewToken;
import io.counterfoil.StoredToken;
import io.counterfoil.testing.Thorough;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.openqa.selenium.Keys;

/** axe-core checks every state of the page: WCAG 2.2 A and AA, and its best practices. */
@Tag("slow")
class PageAccessibilityTest extends BrowserTest {
  private static final String RUN = """
      const done = arguments[0];
      axe.run(document, {resultTypes: ['violations']}).then(
        result => done(result.violations.flatMap(v => v.nodes.map(n => `${v.id}: ${n.html}: ${n.failureSummary}`))),
        failure => done([String(failure)]));
      """;

  @ParameterizedTest(name = "{0}, {1} pixels wide")
  @CsvSource({"light, 1280", "dark, 360"})
  void no_state_has_a_violation_or_needs_to_be_scrolled_sideways(String colorScheme, int width)
      throws Exception {
    checkAllStates(colorScheme, width);
  }

  @Thorough
  @ParameterizedTest(name = "{0}, {1} pixels wide")
  @CsvSource({"light, 800", "light, 320", "dark, 1280", "dark, 800"})
  void no_state_has_a_violation_in_the_other_widths_and_colors(String colorScheme, int width)
      throws Exception {
    checkAllStates(colorScheme, width);
  }

  private void checkAllStates(String colorScheme, int width) throws Exception {
    tokens.create(NewToken.named("narrow").scopes("servers:read", "tokens:read"));
    tokens.disable(createToken("W".repeat(64)));
    createToken("שלום עולם");
    Browser.resize(page.browser, colorScheme, width);
    page.open(server.url());
    page.see("#sign-in");
    assertGood("sign-in");
    page.type("#key", "wrong" + Keys.ENTER);
    page.see("#sign-in .error", "valid");
    assertGood("refused sign-in");
    page.signIn(admin);
    assertGood("list");

    page.click("#new");
    page.choose("#expiry", "date");
    page.click("#editor summary");
    assertGood("create");
    page.script("document.querySelector('#day').value = '2100-01-01'");
    page.type("#name", "admin" + Keys.ENTER);
    page.see("#editor .error", "already exists");
    assertGood("refused create");
    page.click("#editor .cancel");
    page.seeNo("dialog");
    page.create("ci");
    page.press(Keys.ESCAPE);
    page.see("#shown .error", "Not copied");
    page.click("#shown summary");
    assertGood("plaintext");
    page.closePlaintextDialog();

    page.click("#rotate-3");
    assertGood("rotate");
    page.click("#rotate .cancel");
    checkLongList();
    page.click("#delete-3");
    assertGood("delete");
    page.click("#confirm .cancel");
    server.stop();
    page.click("#switch-3");
    page.see("#problem");
    assertGood("problem");
    page.script("document.querySelector('#rows').replaceChildren();"
        + "document.querySelector('#table').hidden = true;"
        + "document.querySelector('#empty').hidden = false");
    assertGood("empty");
    page.script("document.querySelector('#tokens').hidden = true;"
        + "document.querySelector('#loading').hidden = false");
    assertGood("loading");
  }

  private void checkLongList() throws IOException {
    for (String name : List.of("f", "g")) {
      tokens.create(NewToken.named(name)
          .description("W".repeat(200))
          .expiresIn(Duration.ofDays(3))
          .allowedAddresses("2001:db8:1111:2222:3333:4444:5555:6666"));
    }
    store.recordUses(
        Map.of(
            6L,
            new StoredToken.Use(
                Instant.now(), Optional.of("2001:db8:1111:2222:3333:4444:5555:6666"))),
        Instant.now());
    page.script("document.querySelector('#retry').click()");
    page.click("#select-6");
    page.click("#select-7");
    assertGood("selected");
    page.click("#delete-selected");
    assertGood("delete several");
    page.click("#confirm .cancel");
    page.click("#edit-6");
    assertGood("edit");
    page.click("#editor .cancel");
    page.click("#identify-open");
    page.press(admin, Keys.ENTER);
    page.see("#identified", "admin");
    assertGood("identified");
    page.click("#identify .cancel");
    page.type("#search", "nowhere");
    page.see("#none");
    assertGood("nothing found");
    page.click("#reset");
    page.see("#rows tr");
  }

  @Test
  void axe_core_finds_a_field_without_a_label() throws IOException {
    page.see("#key");
    page.script("document.querySelector('#sign-in label').remove()");
    assertThat(violations()).anyMatch(violation -> violation.toString().startsWith("label: "));
  }

  private void assertGood(String state) throws IOException {
    assertThat(violations()).as(state).isEmpty();
    assertThat(
            page.script(
                "const root = document.documentElement;"
                    + "const open = document.querySelector('dialog[open]') ?? root;"
                    + "return Math.max(root.scrollWidth - root.clientWidth, open.scrollWidth - open.clientWidth)"))
        .as(state)
        .isEqualTo(0L);
  }

  private List<?> violations() throws IOException {
    if (page.script("return window.axe?.version") == null) {
      try (InputStream script = PageAccessibilityTest.class.getResourceAsStream("/axe.min.js")) {
        page.script(new String(script.readAllBytes(), UTF_8));
      }
    }
    return (List<?>) page.browser.executeAsyncScript(RUN);
  }
}
