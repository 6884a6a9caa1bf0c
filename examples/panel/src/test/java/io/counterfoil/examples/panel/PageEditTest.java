package io.counterfoil.examples.panel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.counterfoil.KnownScopes;
import io.counterfoil.NewToken;
import io.counterfoil.StoredToken;
import io.counterfoil.Token;
import io.counterfoil.TokenHash;
import io.counterfoil.TokenManager;
import io.counterfoil.http.Caller;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.Keys;

/** Tokens are edited in the management page. */
class PageEditTest extends BrowserTest {
  @Test
  void every_property_can_be_changed() {
    long id = tokens
        .create(NewToken.named("bot").scopes("a", "b").allowedAddresses("192.0.2.1"))
        .token()
        .id();
    page.signIn(admin);
    page.click("#edit-2");
    assertThat(page.see("#editor h2").getText()).isEqualTo("Edit bot");
    assertThat(page.see("#scopes").getDomProperty("value")).isEqualTo("a b");
    page.type("#name", "robot");
    page.type("#description", "Turns the lights off");
    page.choose("#expiry", "2592000");
    page.type("#scopes", "b c");
    page.type("#addresses", "192.0.2.0/24 2001:db8::/32");
    page.click("#editor .primary");
    page.see("#status", "“\u2068robot\u2069” is saved.");
    assertThat(page.focused()).isEqualTo("edit-2");
    assertThat(rowText(id, ".name")).isEqualTo("robot");
    assertThat(rowText(id, ".description")).isEqualTo("Turns the lights off");
    assertThat(rowText(id, ".limits"))
        .isEqualTo("b c · from 192.0.2.0/24, 2001:db8:0:0:0:0:0:0/32");
    assertThat(rowText(id, ".expires")).isEqualTo("in 30 days");
    Token robot = token("robot");
    assertThat(robot.scopes()).containsExactly("b", "c");
    assertThat(robot.expiresAt().orElseThrow())
        .isCloseTo(Instant.now().plus(30, ChronoUnit.DAYS), within(1, ChronoUnit.MINUTES));

    page.click("#edit-2");
    page.choose("#expiry", "");
    page.choose("#rights", "");
    page.type("#addresses", "");
    page.type("#description", "");
    page.click("#editor .primary");
    page.see("#status", "is saved");
    assertThat(token("robot").scopes()).isEmpty();
    assertThat(token("robot").allowedAddresses()).isEmpty();
    assertThat(token("robot").expiresAt()).isEmpty();
    assertThat(token("robot").description()).isEmpty();
  }

  @Test
  void only_what_was_changed_is_sent() {
    tokens.create(NewToken.named("bot").scopes("a").description("old"));
    page.signIn(admin);
    page.script("const ask = window.fetch; window.sent = []; window.fetch = (address, options) => {"
        + " if (options.body) { window.sent.push(options.body) } return ask(address, options) }");
    page.click("#edit-2");
    page.click("#editor .primary");
    page.seeNo("dialog");
    assertThat(page.texts("return window.sent")).isEmpty();
    page.click("#edit-2");
    page.type("#description", "new" + Keys.ENTER);
    page.see("#status", "is saved");
    assertThat(page.texts("return window.sent")).containsExactly("{\"description\":\"new\"}");
  }

  @Test
  void an_expired_token_is_renewed_by_a_new_expiry() {
    store.insert(row("old").expiresAt(Instant.now().minusSeconds(60)).build());
    page.signIn(admin);
    assertThat(rowText(2, ".word")).isEqualTo("Expired");
    page.click("#edit-2");
    page.choose("#expiry", "31536000");
    page.click("#editor .primary");
    page.see("#status", "is saved");
    assertThat(rowText(2, ".word")).isEqualTo("Enabled");
    assertThat(rowText(2, ".expires")).isEqualTo("in 12 months");
  }

  @Test
  void a_refused_change_is_explained_and_changes_nothing() {
    createToken("bot");
    page.signIn(admin);
    page.click("#edit-2");
    page.type("#name", "admin" + Keys.ENTER);
    page.see("#editor .error", "a token with that name already exists");
    page.choose("#rights", "scopes");
    page.type("#scopes", " " + Keys.ENTER);
    page.see("#editor .error", "at least one scope");
    page.press(Keys.ESCAPE);
    page.seeNo("dialog");
    assertThat(page.names()).containsExactly("admin", "bot");
    page.click("#edit-1"); // nothing is left of the other one
    assertThat(page.see("#name").getDomProperty("value")).isEqualTo("admin");
    assertThat(page.see("#rights").getDomProperty("value")).isEqualTo("*");
    page.seeNo("#editor .error, #scopes");
  }

  @Test
  void the_dialog_has_the_exact_times_for_users_who_see_no_tooltips() {
    Browser.setTimeZone(page.browser, "Asia/Kathmandu");
    store.insert(row("bot")
        .createdAt(Instant.parse("2020-01-01T00:00:00Z"))
        .expiresAt(Instant.parse("2100-01-01T00:00:00Z"))
        .lastUsedAt(Instant.parse("2020-02-01T00:00:00Z"))
        .lastUsedFrom("192.0.2.7")
        .build());
    page.signIn(admin);
    page.click("#edit-2");
    assertThat(page.see("#facts").getText().replaceAll("\\p{Z}", " "))
        .startsWith("Created: Wednesday, January 1, 2020 at 5:45:00 AM")
        .contains("Last used: Saturday, February 1, 2020 at 5:45:00 AM")
        .endsWith(", from 192.0.2.7.");
    assertThat(page.script("return document.querySelector('#expiry').selectedOptions[0].text"))
        .asString()
        .startsWith("Unchanged: Friday, January 1, 2100");
  }

  @Test
  void known_scopes_are_checkboxes_with_the_descriptions_of_the_host() throws Exception {
    store.insert(row("bot").scopes(List.of("gone", "servers:read")).build());
    try (TokenManager limited = TokenManager.builder(store)
            .recordNoUses()
            .knownScopes(KnownScopes.none()
                .scope("servers:read", "See servers")
                .scope("servers:write", "Change <b>servers</b>", "servers:read"))
            .build();
        PageServer known = PageServer.start(
            limited, request -> Optional.of(Caller.withoutOwner().unrestricted()))) {
      page.open(known.url());
      page.click("#new");
      page.type("#name", "ci");
      page.choose("#rights", "scopes");
      page.seeNo("#scopes");
      assertThat(page.see("#known-scopes").getText().split("\n"))
          .containsExactly(
              "servers:read See servers",
              "servers:write Change <b>servers</b> · includes servers:read");
      page.click("#editor .primary");
      page.see("#editor .error", "at least one scope");
      page.click("#known-scopes input[value='servers:write']");
      page.click("#editor .primary");
      page.shownPlaintext();
      page.closePlaintextDialog();
      assertThat(token("ci").scopes()).containsExactly("servers:write");

      page.click("#edit-2");
      assertThat(page.see("#known-scopes").getText()).contains("gone No longer known");
      page.click("#known-scopes input[value='servers:write']");
      page.click("#editor .primary");
      page.see("#editor .error", "one of them is not known");
      page.click("#known-scopes input[value='gone']");
      page.click("#editor .primary");
      page.see("#status", "is saved");
      assertThat(token("bot").scopes()).containsExactly("servers:read", "servers:write");
    }
  }

  private static StoredToken.Builder row(String name) {
    return StoredToken.builder()
        .name(name)
        .hash(TokenHash.of("sha256", new byte[TokenHash.LENGTH]))
        .enabled(true)
        .createdAt(Instant.now().minusSeconds(3_600));
  }
}
