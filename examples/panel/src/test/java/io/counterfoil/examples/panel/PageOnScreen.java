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

/** The management page, as a person has it before them. What is to come is waited for. */
final class PageOnScreen {
  static final String PATH = "/panel/settings/tokens/";

  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final Duration GLANCE = Duration.ofMillis(20);

  final ChromeDriver browser;

  PageOnScreen(ChromeDriver browser) {
    this.browser = browser;
  }

  /** Goes to the page of a server, whose URL ends with a slash. */
  PageOnScreen open(String server) {
    browser.get(server + PATH.substring(1));
    return this;
  }

  PageOnScreen signIn(String plaintext) {
    type("#key", plaintext + Keys.ENTER);
    see("#tokens");
    return this;
  }

  /** Waits until it is to be seen. */
  WebElement see(String css) {
    return wait(css, element -> element.isDisplayed());
  }

  /** Waits until it is to be seen, and says this. */
  WebElement see(String css, String text) {
    return wait(css, element -> element.isDisplayed() && element.getText().contains(text));
  }

  private WebElement wait(String css, Predicate<WebElement> condition) {
    return new WebDriverWait(browser, PATIENCE, GLANCE)
        .ignoring(StaleElementReferenceException.class)
        .withMessage(() -> "looked for " + css + " in:\n"
            + browser.findElement(By.tagName("body")).getText())
        .until(driver -> driver.findElements(By.cssSelector(css)).stream()
            .filter(condition)
            .findFirst()
            .orElse(null));
  }

  /** Waits until nothing of it is to be seen. */
  void seeNo(String css) {
    new WebDriverWait(browser, PATIENCE, GLANCE)
        .ignoring(StaleElementReferenceException.class)
        .withMessage("there is still " + css)
        .until(driver ->
            driver.findElements(By.cssSelector(css)).stream().noneMatch(WebElement::isDisplayed));
  }

  void await(BooleanSupplier condition) {
    new WebDriverWait(browser, PATIENCE, GLANCE).until(driver -> condition.getAsBoolean());
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

  /** Presses keys, wherever the focus is. */
  void press(CharSequence... keys) {
    browser.switchTo().activeElement().sendKeys(keys);
  }

  String focused() {
    return (String) browser.executeScript("return document.activeElement.id");
  }

  /** The names in the list, character for character. */
  List<String> names() {
    return texts("return [...document.querySelectorAll('#rows .name')].map(e => e.textContent)");
  }

  /** Creates a token through the page, and returns its plaintext, which is still shown. */
  String create(String name) {
    click("#new");
    type("#name", name);
    click("#create .primary");
    return shown();
  }

  /** The plaintext that is shown. */
  String shown() {
    see("#shown");
    return see("#plaintext").getDomProperty("value");
  }

  /** Ends the dialog of a plaintext, and waits for the list with what is new in it. */
  void done() {
    script("document.querySelector('#rows').firstElementChild?.setAttribute('class', 'old')");
    click("#shown .buttons button:last-child");
    seeNo("dialog, .old");
  }

  /** Runs a script in the page, and returns what it returns. */
  Object script(String body, Object... arguments) {
    return browser.executeScript(body, arguments);
  }

  /** Runs a script that returns a list of texts. */
  List<String> texts(String body) {
    return ((List<?>) script(body)).stream().map(String.class::cast).toList();
  }

  /** What the browser wrote into its console, but for the answers that are refusals. */
  List<String> complaints() {
    return browser.manage().logs().get(LogType.BROWSER).getAll().stream()
        .map(LogEntry::getMessage)
        .filter(line -> !line.contains("Failed to load resource: the server responded with"))
        .toList();
  }
}
