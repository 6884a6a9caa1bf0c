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
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.openqa.selenium.chrome.ChromeDriver;

/** A test with its own panel, one token ("admin"), and the management page in a wide, light browser window. */
@Tag("browser")
abstract class BrowserTest {
  private static ChromeDriver browser;

  final TokenStore store = spy(new InMemoryTokenStore());
  final TokenManager tokens = TokenManager.builder(store).build();
  final String admin = tokens.create(NewToken.named("admin").unrestricted()).reveal();
  PanelServer server;
  ManagementPage page;

  @BeforeAll
  static void startBrowser() {
    browser = Browser.shared();
  }

  @BeforeEach
  void openPage() throws Exception {
    server = PanelServer.bind("127.0.0.1", 0);
    server.start(tokens);
    Browser.resize(browser, "light", 1280);
    Browser.setTimeZone(browser, "");
    page = new ManagementPage(browser).open(server.url());
    page.consoleMessages(); // drops those of the previous test
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

  /** Creates a token without the page, and returns its id. */
  long createToken(String name) {
    return tokens.create(NewToken.named(name)).token().id();
  }

  /** Returns the text of an element in the row of a token. */
  String rowText(long id, String css) {
    return page.see("tr:has(#switch-" + id + ") " + css).getText();
  }

  void grantClipboard() {
    page.browser.executeCdpCommand(
        "Browser.grantPermissions",
        Map.of("origin", server.url(), "permissions", List.of("clipboardReadWrite")));
  }
}
