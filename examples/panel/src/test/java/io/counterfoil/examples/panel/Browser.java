package io.counterfoil.examples.panel;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.logging.Level;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Assumptions;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.logging.LoggingPreferences;

/**
 * A headless Chromium that can connect to this machine only.
 *
 * <p>The tests use the installed browser; they download nothing. If Chromium or chromedriver is missing, the tests that need
 * them are skipped with a message; with {@code -Dbrowser.required=true} they fail.
 */
final class Browser {
  private static final List<String> BROWSERS =
      List.of("chromium", "chromium-browser", "google-chrome", "google-chrome-stable");

  private static @Nullable ChromeDriver shared;

  private Browser() {}

  /** Returns the browser that all tests of this JVM share, because a start takes seconds. */
  static synchronized ChromeDriver shared() {
    if (shared == null) {
      ChromeDriver started = start();
      Runtime.getRuntime().addShutdownHook(new Thread(started::quit, "quit-browser"));
      shared = started;
    }
    return shared;
  }

  private static ChromeDriver start() {
    Optional<Path> browser = BROWSERS.stream().flatMap(Browser::onPath).findFirst();
    Optional<Path> driver = onPath("chromedriver").findFirst();
    if (browser.isEmpty() || driver.isEmpty()) {
      return skip("The management page is not tested: Chromium and chromedriver must be on the PATH"
          + " (on Debian: apt-get install chromium chromium-driver)");
    }
    ChromeDriverService service = new ChromeDriverService.Builder()
        .usingDriverExecutable(driver.get().toFile())
        .usingAnyFreePort()
        .withSilent(true)
        .build();
    return new ChromeDriver(service, options(browser.get()));
  }

  private static ChromeDriver skip(String message) {
    if (Boolean.getBoolean("browser.required")) {
      throw new AssertionError(message);
    }
    System.err.println(message); // also in the build's output, not only in the test report
    return Assumptions.abort(message);
  }

  private static ChromeOptions options(Path browser) {
    LoggingPreferences logs = new LoggingPreferences();
    logs.enable(LogType.BROWSER, Level.ALL);
    ChromeOptions options = new ChromeOptions()
        .setBinary(browser.toFile())
        .addArguments(
            "--headless=new",
            "--disable-quic",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync",
            "--no-first-run",
            "--disable-dev-shm-usage",
            "--disable-gpu",
            "--disable-extensions",
            "--lang=en-US",
            "--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE 127.0.0.1 , EXCLUDE localhost");
    options.setCapability("goog:loggingPrefs", logs);
    if ("root".equals(System.getProperty("user.name"))) {
      options.addArguments("--no-sandbox"); // Chromium does not start as root without it
    }
    return options;
  }

  private static Stream<Path> onPath(String name) {
    return Stream.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
        .map(folder -> Path.of(folder, name))
        .filter(Files::isExecutable);
  }

  /** Sets the color scheme ("light" or "dark") and the width of the window in CSS pixels. */
  static void resize(ChromeDriver browser, String colorScheme, int width) {
    resize(browser, colorScheme, width, 800);
  }

  /** Sets the color scheme ("light" or "dark") and the size of the window in CSS pixels. */
  static void resize(ChromeDriver browser, String colorScheme, int width, int height) {
    browser.executeCdpCommand(
        "Emulation.setEmulatedMedia",
        Map.of("features", List.of(Map.of("name", "prefers-color-scheme", "value", colorScheme))));
    browser.executeCdpCommand(
        "Emulation.setDeviceMetricsOverride",
        Map.of("width", width, "height", height, "deviceScaleFactor", 1, "mobile", width < 600));
  }

  /** Sets the time zone of pages; an empty id restores that of this machine. */
  static void setTimeZone(ChromeDriver browser, String id) {
    browser.executeCdpCommand("Emulation.setTimezoneOverride", Map.of("timezoneId", id));
  }
}
