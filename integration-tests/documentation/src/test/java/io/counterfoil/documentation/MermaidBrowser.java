package io.counterfoil.documentation;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.net.URLDecoder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Renders Mermaid diagrams in the installed Chromium, which loads nothing from the network. Without Chromium, its tests are skipped
 * with a message; with {@code -Dbrowser.required=true} they fail.
 */
final class MermaidBrowser {
  private static final String SCRIPT =
      "/META-INF/resources/webjars/mermaid/11.14.0/dist/mermaid.min.js";
  private static final List<String> BROWSERS =
      List.of("chromium", "chromium-browser", "google-chrome", "google-chrome-stable");

  /** Renders each diagram, and leaves a JSON array of problems in the document: an empty text for a diagram without one. */
  private static final String PAGE = """
      <!doctype html><meta charset="utf-8"><body><script src="mermaid.min.js"></script><script>
      const diagrams = DIAGRAMS;
      mermaid.initialize({startOnLoad: false, suppressErrorRendering: true});
      (async () => {
        const problems = [];
        for (const [i, diagram] of diagrams.entries()) {
          try {
            const {svg} = await mermaid.render('d' + i, diagram);
            problems.push(svg.startsWith('<svg') ? '' : 'no picture');
          } catch (e) {
            problems.push(String(e.message || e));
          }
        }
        const found = encodeURIComponent(JSON.stringify(problems));
        document.body.replaceChildren(document.createComment('PROBLEMS' + found + 'END'));
      })();
      </script>
      """;

  private MermaidBrowser() {}

  /** Returns the problem of each diagram; an empty text if it can be rendered. */
  static List<String> problems(List<String> diagrams, Path folder)
      throws IOException, InterruptedException {
    try (InputStream script = MermaidBrowser.class.getResourceAsStream(SCRIPT)) {
      Files.copy(script, folder.resolve("mermaid.min.js"));
    }
    String json = JsonMapper.shared().writeValueAsString(diagrams).replace("<", "\\u003c");
    Path page = Files.writeString(folder.resolve("page.html"), PAGE.replace("DIAGRAMS", json));
    String dom = dom(page, folder);
    int start = dom.indexOf("PROBLEMS") + "PROBLEMS".length();
    int end = dom.indexOf("END-->", start);
    if (end < 0) {
      throw new AssertionError("the browser rendered nothing: " + dom);
    }
    String found = URLDecoder.decode(dom.substring(start, end).replace("+", "%2B"), UTF_8);
    List<String> problems = new ArrayList<>();
    for (JsonNode problem : JsonMapper.shared().readTree(found)) {
      problems.add(problem.asString());
    }
    return problems;
  }

  /** Returns the document after all scripts have run. */
  private static String dom(Path page, Path folder) throws IOException, InterruptedException {
    Path output = folder.resolve("dom.html");
    Process chromium = new ProcessBuilder(command(page, folder))
        .redirectOutput(output.toFile())
        .redirectError(folder.resolve("log.txt").toFile())
        .start();
    try {
      if (!chromium.waitFor(60, TimeUnit.SECONDS)) {
        throw new AssertionError("the browser did not end within 60 seconds");
      }
    } finally {
      chromium.destroyForcibly();
    }
    return Files.readString(output);
  }

  private static List<String> command(Path page, Path folder) {
    List<String> command = new ArrayList<>(List.of(
        browser().toString(),
        "--headless=new",
        "--disable-gpu",
        "--disable-dev-shm-usage",
        "--disable-background-networking",
        "--no-first-run",
        "--user-data-dir=" + folder.resolve("profile"),
        "--host-resolver-rules=MAP * ~NOTFOUND",
        "--virtual-time-budget=60000",
        "--dump-dom"));
    if ("root".equals(System.getProperty("user.name"))) {
      command.add("--no-sandbox"); // Chromium does not start as root without it
    }
    command.add(page.toUri().toString());
    return command;
  }

  private static Path browser() {
    Optional<Path> browser = BROWSERS.stream().flatMap(MermaidBrowser::onPath).findFirst();
    if (browser.isEmpty()) {
      String message =
          "Diagrams are not tested: Chromium must be on the PATH (on Debian: apt-get install chromium)";
      if (Boolean.getBoolean("browser.required")) {
        throw new AssertionError(message);
      }
      System.err.println(message); // also in the build's output, not only in the test report
      return Assumptions.abort(message);
    }
    return browser.get();
  }

  private static Stream<Path> onPath(String name) {
    return Stream.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
        .map(folder -> Path.of(folder, name))
        .filter(Files::isExecutable);
  }
}
