package io.counterfoil.examples.panel;

import java.time.Duration;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;
import org.openqa.selenium.StaleElementReferenceException;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.logging.LogEntry;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.support.ui.WebDriverWait;

/** The management page in a browser. Methods that look for something wait up to 20 seconds until it appears. */
final class ManagementPage {
  static final String PATH = "/panel/settings/tokens/";

  private static final Duration TIMEOUT = Duration.ofSeconds(20);
  private static final Duration POLLING_INTERVAL = Duration.ofMillis(20);

  final ChromeDriver browser;

  ManagementPage(ChromeDriver browser) {
    this.browser = browser;
  }

  /**
   * Opens the page of a server, and waits for its first frame; {@code serverUrl} ends with a slash. In that frame, the browser
   * looks at elements with {@code autofocus}, and logs a message if the script of the page has already set the focus.
   */
  ManagementPage open(String serverUrl) {
    browser.get(serverUrl + PATH.substring(1));
    browser.executeAsyncScript("requestAnimationFrame(arguments[0])");
    return this;
  }

  ManagementPage signIn(String plaintext) {
    type("#key", plaintext + Keys.ENTER);
    see("#tokens");
    return this;
  }

  /** Waits until a matching element is displayed. */
  WebElement see(String css) {
    return waitFor(css, WebElement::isDisplayed);
  }

  /** Waits until a matching element is displayed and contains this text. */
  WebElement see(String css, String text) {
    return waitFor(css, element -> element.isDisplayed() && element.getText().contains(text));
  }

  private WebElement waitFor(String css, Predicate<WebElement> condition) {
    return new WebDriverWait(browser, TIMEOUT, POLLING_INTERVAL)
        .ignoring(StaleElementReferenceException.class)
        .withMessage(() -> "looked for " + css + " in:\n"
            + browser.findElement(By.tagName("body")).getText())
        .until(driver -> driver.findElements(By.cssSelector(css)).stream()
            .filter(condition)
            .findFirst()
            .orElse(null));
  }

  /** Waits until no matching element is displayed. */
  void seeNo(String css) {
    new WebDriverWait(browser, TIMEOUT, POLLING_INTERVAL)
        .ignoring(StaleElementReferenceException.class)
        .withMessage(css + " is still displayed")
        .until(driver ->
            driver.findElements(By.cssSelector(css)).stream().noneMatch(WebElement::isDisplayed));
  }

  void await(BooleanSupplier condition) {
    new WebDriverWait(browser, TIMEOUT, POLLING_INTERVAL).until(driver -> condition.getAsBoolean());
  }

  void click(String css) {
    see(css).click();
  }

  void type(String css, String text) {
    WebElement field = see(css);
    field.clear();
    field.sendKeys(text);
  }

  void choose(String css, String option) {
    click(css + " option[value='" + option + "']");
  }

  /** Sends keys to the element that has the focus. */
  void press(CharSequence... keys) {
    browser.switchTo().activeElement().sendKeys(keys);
  }

  /** Returns the id of the element that has the focus. */
  String focused() {
    return (String) browser.executeScript("return document.activeElement.id");
  }

  /** Returns the names in the list, character for character. */
  List<String> names() {
    return texts("return [...document.querySelectorAll('#rows .name')].map(e => e.textContent)");
  }

  /** Creates a token with the page, and returns its plaintext. The dialog that shows it stays open. */
  String create(String name) {
    click("#new");
    type("#name", name);
    click("#editor .primary");
    return shownPlaintext();
  }

  String shownPlaintext() {
    see("#shown");
    return see("#plaintext").getDomProperty("value");
  }

  /** Closes the dialog that shows a plaintext, and waits for the new list. */
  void closePlaintextDialog() {
    expectNewList();
    click("#shown .buttons button:last-child");
    awaitNewList();
  }

  /** Marks the list that is shown now, for {@link #awaitNewList()}. */
  void expectNewList() {
    script("document.querySelector('#rows').firstElementChild?.setAttribute('class', 'old')");
  }

  /** Waits until the marked list is replaced and no dialog is open. */
  void awaitNewList() {
    seeNo("dialog, .old");
  }

  /** Runs a script in the page, and returns its result. */
  Object script(String body, Object... arguments) {
    return browser.executeScript(body, arguments);
  }

  /** Runs a script that returns a list of strings. */
  List<String> texts(String body) {
    return ((List<?>) script(body)).stream().map(String.class::cast).toList();
  }

  /** Returns and clears the browser's console messages, except those about responses with an error status. */
  List<String> consoleMessages() {
    return browser.manage().logs().get(LogType.BROWSER).getAll().stream()
        .map(LogEntry::getMessage)
        .filter(line -> !line.contains("Failed to load resource: the server responded with"))
        .toList();
  }
}
