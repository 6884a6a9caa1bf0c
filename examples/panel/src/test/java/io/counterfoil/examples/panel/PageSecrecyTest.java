package io.counterfoil.examples.panel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.anyInt;
import static org.mockito.ArgumentMatchers.anyLong;
import static org.mockito.Mockito.doAnswer;

import io.counterfoil.NewToken;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.Keys;

/** The page keeps the sign-in token and the shown plaintexts in memory only (E13). */
class PageSecrecyTest extends BrowserTest {
  @Test
  void a_plaintext_leaves_the_page_when_its_dialog_closes() {
    page.signIn(admin);
    String created = page.create("ci");
    page.closePlaintextDialog();
    assertGone(created);
    page.click("#rotate-2");
    page.click("#rotate .primary");
    String rotated = page.shownPlaintext();
    page.click("#copy");
    page.see("#shown .error", "Copied.");
    page.press(Keys.ESCAPE);
    page.seeNo("dialog");
    assertGone(rotated);
  }

  @Test
  void the_token_that_opens_the_page_is_in_no_field_no_storage_and_no_address() {
    page.signIn(admin);
    assertGone(admin);
    page.click("#switch-1"); // disables the sign-in token, so that the page asks for another one
    page.see("#sign-in .error");
    assertGone(admin);
  }

  @Test
  void a_plaintext_that_was_looked_up_is_in_no_field_no_storage_and_no_address() {
    String lookedUp = tokens.create(NewToken.named("bot")).reveal();
    page.signIn(admin);
    page.click("#identify-open");
    page.press(lookedUp, Keys.ENTER);
    page.see("#identified", "bot");
    assertGone(lookedUp);
  }

  @Test
  void signing_out_forgets_token_and_list() {
    page.signIn(admin);
    page.click("#sign-out");
    page.see("#sign-in");
    assertGone(admin);
    assertThat(page.names()).isEmpty();
    page.type("#key", "cf_wrong" + Keys.ENTER);
    page.see("#sign-in .error", "valid API token is needed");
  }

  @Test
  void a_list_that_comes_after_signing_out_is_not_shown() throws Exception {
    createToken("bot");
    page.signIn(admin);
    CountDownLatch asked = new CountDownLatch(1);
    CountDownLatch signedOut = new CountDownLatch(1);
    doAnswer(list -> {
          asked.countDown();
          signedOut.await();
          return list.callRealMethod();
        })
        .when(store)
        .list(any(), anyLong(), anyInt());
    page.click("#switch-2");
    asked.await();
    page.click("#sign-out");
    page.see("#sign-in");
    signedOut.countDown();
    page.browser.executeAsyncScript("fetch('/').then(arguments[0])");
    page.seeNo("#tokens");
    assertThat(page.names()).isEmpty();
  }

  @Test
  void a_reloaded_page_asks_for_a_token_again() {
    page.signIn(admin);
    page.browser.navigate().refresh();
    page.see("#sign-in");
    assertGone(admin);
  }

  @Test
  void the_way_back_leads_to_a_page_that_knows_nothing() {
    page.signIn(admin);
    String created = page.create("ci");
    page.browser.get(server.url());
    page.browser.navigate().back();
    page.see("#sign-in");
    page.seeNo("dialog");
    assertGone(created);
    assertGone(admin);
    assertThat(page.names()).isEmpty();
  }

  @Test
  void a_page_in_the_back_forward_cache_knows_nothing() {
    page.signIn(admin);
    String created = page.create("ci");
    page.script("dispatchEvent(new PageTransitionEvent('pagehide', {persisted: true}))");
    page.seeNo("dialog, #tokens");
    assertGone(created);
    page.script("dispatchEvent(new PageTransitionEvent('pageshow', {persisted: true}))");
    page.see("#sign-in");
    assertThat(page.names()).isEmpty();
  }

  /** Checks page, field values, address, history state, cookies, storages, databases and caches. */
  private void assertGone(String plaintext) {
    List<String> places = page.texts("const all = [...document.querySelectorAll('*')];"
        + "return [document.documentElement.outerHTML, ...all.map(e => String(e.value ?? '')),"
        + " location.href, document.referrer, document.cookie, JSON.stringify(history.state),"
        + " JSON.stringify(localStorage), JSON.stringify(sessionStorage), window.name,"
        + " ...Object.keys(window).map(name => String(window[name])),"
        + " ...performance.getEntries().map(entry => entry.name)]");
    assertThat(places).hasSizeGreaterThan(100).noneMatch(place -> place.contains(plaintext));
    assertThat(page.script("return localStorage.length + sessionStorage.length"))
        .isEqualTo(0L);
    assertThat(page.browser.manage().getCookies()).isEmpty();
    assertThat(
            (List<?>)
                page.browser.executeAsyncScript(
                    "Promise.all([indexedDB.databases(), caches.keys(),"
                        + " navigator.serviceWorker.getRegistrations()]).then(all => arguments[0](all.flat()))"))
        .isEmpty();
  }
}
