package io.counterfoil.examples.panel;

import static org.mockito.Mockito.spy;

import io.counterfoil.NewToken;
import io.counterfoil.Token;
import io.counterfoil.TokenManager;
import io.counterfoil.TokenStore;
import io.counterfoil.Verdict;
import io.counterfoil.memory.InMemoryTokenStore;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.openqa.selenium.chrome.ChromeDriver;

/** A panel with one token, and its management page in a browser, wide and light. */
abstract class InBrowser {
  private static ChromeDriver browser;

  final TokenStore store = spy(new InMemoryTokenStore());
  final TokenManager tokens = TokenManager.builder(store).build();
  final String admin = tokens.create(NewToken.named("admin")).reveal();
  PanelServer server;
  PageOnScreen page;

  @BeforeAll
  static void startBrowser() {
    browser = Browser.start();
  }

  @AfterAll
  static void quitBrowser() {
    if (browser != null) {
      browser.quit();
    }
  }

  @BeforeEach
  void openPage() throws Exception {
    server = PanelServer.bind("127.0.0.1", 0);
    server.start(tokens);
    Browser.look(browser, "light", 1280);
    page = new PageOnScreen(browser).open(server.url());
    page.complaints(); // those of the test before
  }

  @AfterEach
  void stop() throws Exception {
    server.stop();
    tokens.close();
  }

  boolean accepts(String plaintext) {
    return tokens.authenticate(plaintext) instanceof Verdict.Accepted;
  }

  Token token(String name) {
    return tokens.list().filter(token -> token.name().equals(name)).findFirst().orElseThrow();
  }

  /** Creates a token past the page, and returns its id. */
  long given(String name) {
    return tokens.create(NewToken.named(name)).token().id();
  }

  /** What a part of a token's row says. */
  String row(long id, String css) {
    return page.see("tr:has(#switch-" + id + ") " + css).getText();
  }

  void grantClipboard() {
    page.browser.executeCdpCommand(
        "Browser.grantPermissions",
        Map.of("origin", server.url(), "permissions", List.of("clipboardReadWrite")));
  }
}
