package io.counterfoil.examples.panel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.anyLong;
import static org.mockito.Mockito.doCallRealMethod;
import static org.mockito.Mockito.doThrow;

import io.counterfoil.TokenStoreException;
import java.net.URI;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.Keys;

/** Error messages of the page. */
class PageOutageTest extends BrowserTest {
  @Test
  void an_unreachable_server_is_reported_and_can_be_retried() throws Exception {
    page.signIn(admin);
    int port = URI.create(server.url()).getPort();
    server.stop();
    page.click("#switch-1");
    page.see("#problem", "The server does not answer.");
    assertThat(page.names()).containsExactly("admin");
    page.click("#retry");
    page.see("#problem", "The server does not answer.");
    server = PanelServer.bind("127.0.0.1", port);
    server.start(tokens);
    createToken("meanwhile");
    page.click("#retry");
    page.see("#switch-2");
    page.seeNo("#problem");
  }

  @Test // I1
  void a_failing_store_is_reported_with_the_time_to_wait() {
    TokenStoreException away = new TokenStoreException("away", new IllegalStateException());
    doThrow(away).when(store).findByHash(any());
    page.type("#key", admin + Keys.ENTER);
    page.see("#problem", "(in 5 seconds)");
    doCallRealMethod().when(store).findByHash(any());
    page.click("#retry");
    page.see("#tokens");
    page.seeNo("#problem");

    doThrow(away).when(store).delete(anyLong());
    page.click("#delete-1");
    page.click("#confirm .primary");
    page.see("#confirm .error", "tokens are not available now, try again (in 5 seconds)");
    page.click("#confirm .cancel");
    page.seeNo("dialog");
  }

  @Test // G2
  void a_token_that_is_no_longer_accepted_leads_back_to_the_sign_in() {
    page.signIn(admin);
    page.click("#new");
    page.type("#name", "too late");
    tokens.disable(1);
    page.click("#editor .primary");
    page.see("#sign-in .error", "valid API token is needed");
    page.seeNo("dialog");
    assertThat(page.focused()).isEqualTo("key");
    assertThat(page.names()).isEmpty();
  }

  @Test
  void a_response_that_is_not_from_the_api_is_reported() {
    page.signIn(admin);
    page.script("window.fetch = async () => new Response('<h1>Bad gateway</h1>', {status: 502})");
    page.click("#switch-1");
    page.see("#problem", "The server returned status 502 without a message.");
    page.script("window.fetch = async () => new Response('null', {status: 200})");
    page.click("#retry");
    page.see("#problem", "The server returned status 200 without a message.");
  }

  @Test
  void a_running_request_is_marked_as_busy() {
    page.signIn(admin);
    page.script(
        "const ask = window.fetch;"
            + "window.fetch = async (...a) => { await new Promise(go => window.go = go); return ask(...a) }");
    page.click("#new");
    page.type("#name", "slow" + Keys.ENTER);
    page.see("#editor form[aria-busy=true]");
    page.script("go()");
    page.shownPlaintext();
    page.click("#shown .buttons button:last-child");
    page.see("#tokens[aria-busy=true]");
    page.script("go()");
    page.see("#tokens[aria-busy=false]");
  }

  @Test
  void a_failure_after_its_dialog_was_closed_is_reported() {
    page.signIn(admin);
    page.script("window.fetch = () => new Promise((done, fail) => window.fail = fail)");
    page.click("#new");
    page.type("#name", "left" + Keys.ENTER);
    page.see("#editor form[aria-busy=true]");
    page.press(Keys.ESCAPE);
    page.seeNo("dialog");
    page.script("fail(new TypeError('away'))");
    page.see("#problem", "The server does not answer.");
  }
}
