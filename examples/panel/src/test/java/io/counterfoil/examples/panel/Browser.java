package io.counterfoil.examples.panel;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.logging.Level;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.logging.LoggingPreferences;

/**
 * A real Chromium, without a window, that can reach nothing but this machine.
 *
 * <p>It is the one that is installed: nothing is downloaded. Where there is none, or no driver for it, the tests that want one
 * are skipped and say so; with {@code -Dbrowser.required=true} they fail.
 */
final class Browser {
  private static final List<String> BROWSERS =
      List.of("chromium", "chromium-browser", "google-chrome", "google-chrome-stable");

  private Browser() {}

  static ChromeDriver start() {
    Optional<Path> browser = BROWSERS.stream().flatMap(Browser::onPath).findFirst();
    Optional<Path> driver = onPath("chromedriver").findFirst();
    if (browser.isEmpty() || driver.isEmpty()) {
      return without("The page is not tested: no Chromium with its chromedriver is on the PATH"
          + " (on Debian: apt-get install chromium chromium-driver)");
    }
    ChromeDriverService service = new ChromeDriverService.Builder()
        .usingDriverExecutable(driver.get().toFile())
        .usingAnyFreePort()
        .withSilent(true)
        .build();
    return new ChromeDriver(service, options(browser.get()));
  }

  private static ChromeDriver without(String message) {
    if (Boolean.getBoolean("browser.required")) {
      throw new AssertionError(message);
    }
    System.err.println(message); // in the build's output too, not in the reports alone
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
      options.addArguments("--no-sandbox"); // which it needs there
    }
    return options;
  }

  private static Stream<Path> onPath(String name) {
    return Stream.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
        .map(folder -> Path.of(folder, name))
        .filter(Files::isExecutable);
  }

  /** Shows pages in light or dark, in a window of that width. */
  static void look(ChromeDriver browser, String scheme, int width) {
    browser.executeCdpCommand(
        "Emulation.setEmulatedMedia",
        Map.of("features", List.of(Map.of("name", "prefers-color-scheme", "value", scheme))));
    browser.executeCdpCommand(
        "Emulation.setDeviceMetricsOverride",
        Map.of("width", width, "height", 800, "deviceScaleFactor", 1, "mobile", width < 600));
  }
}
