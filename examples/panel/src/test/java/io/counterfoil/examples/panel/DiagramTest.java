package io.counterfoil.examples.panel;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.openqa.selenium.By;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.chrome.ChromeDriver;

/**
 * Renders the diagrams of the documents with Mermaid, as GitHub does. The pictures are written below {@code target}, for people
 * to look at.
 */
@Tag("browser")
class DiagramTest {
  private static final Pattern DIAGRAM = Pattern.compile("```mermaid\n(.*?)```", Pattern.DOTALL);
  private static final Path PROJECT = Path.of("../..");
  private static final Path CONCEPTS = PROJECT.resolve("docs/concepts.md");

  /** The width of a document on GitHub in CSS pixels. A wider diagram is shown smaller. */
  private static final long WIDEST = 880;

  /** Draws a diagram, and returns a message for each problem. A label may touch its neighbour by 3 pixels. */
  private static final String DRAW = """
      const [text, theme, widest, done] = arguments;
      document.body.style.background = theme === 'dark' ? '#0d1117' : '#ffffff';
      mermaid.initialize({startOnLoad: false, theme});
      mermaid.render('diagram', text).then(({svg}) => {
        document.body.innerHTML = svg;
        const picture = document.querySelector('svg');
        const width = picture.viewBox.baseVal.width;
        picture.style.maxWidth = width + 'px';
        const labels = [...picture.querySelectorAll('text, foreignObject')]
          .filter(label => label.textContent.trim() !== '')
          .map(label => ({text: label.textContent.trim(), box: label.getBoundingClientRect()}));
        const problems = labels.flatMap((one, i) => labels.slice(i + 1)
          .filter(other => Math.min(one.box.right, other.box.right) - Math.max(one.box.left, other.box.left) > 3
            && Math.min(one.box.bottom, other.box.bottom) - Math.max(one.box.top, other.box.top) > 3)
          .map(other => `"${one.text}" overlaps "${other.text}"`));
        if (width > widest) {
          problems.push(`${width} pixels wide (expected: at most ${widest})`);
        }
        if (labels.length < 3) {
          problems.push(`${labels.length} labels (expected: at least 3)`);
        }
        done(problems);
      }, failure => done([String(failure)]));
      """;

  private static ChromeDriver browser;

  @BeforeAll
  static void openMermaid() throws IOException {
    browser = Browser.shared();
    browser.get("about:blank");
    String resource =
        "/META-INF/resources/webjars/mermaid/" + mermaidVersion() + "/dist/mermaid.min.js";
    try (InputStream script = DiagramTest.class.getResourceAsStream(resource)) {
      // Not as the body of a function: the script defines a global variable.
      browser.executeCdpCommand(
          "Runtime.evaluate", Map.of("expression", new String(script.readAllBytes(), UTF_8)));
    }
  }

  private static String mermaidVersion() throws IOException {
    String pom = Files.readString(Path.of("pom.xml"));
    return pom.replaceFirst("(?s).*<mermaid.version>(.*?)</mermaid.version>.*", "$1");
  }

  @ParameterizedTest
  @ValueSource(strings = {"default", "dark"})
  void each_diagram_is_drawn_without_overlapping_labels(String theme) throws IOException {
    Browser.resize(browser, theme.equals("dark") ? "dark" : "light", 1280);
    int count = 0;
    for (Path document : documents()) {
      for (String diagram : diagrams(Files.readString(document))) {
        assertThat(problems(diagram, theme)).as(document + ":\n" + diagram).isEmpty();
        write(++count + "-" + theme);
      }
    }
    assertThat(count).isGreaterThanOrEqualTo(6);
  }

  @Test
  void each_concept_has_one_diagram() throws IOException {
    String[] concepts = Files.readString(CONCEPTS).split("\n## ");
    assertThat(concepts).hasSize(7);
    assertThat(diagrams(concepts[0])).isEmpty();
    assertThat(List.of(concepts).subList(1, 7))
        .allSatisfy(concept -> assertThat(diagrams(concept)).hasSize(1));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "flowchart LR; a -- b | Parse error",
        "flowchart LR; a --> b | 2 labels",
        "flowchart LR; a --> b --> c --> d --> e --> f --> g --> h --> i --> j --> k | pixels wide",
        "quadrantChart; x-axis Low --> High; one: [0.5, 0.5]; other: [0.5, 0.5] | overlaps"
      })
  void a_problem_of_a_diagram_is_found(String diagram, String problem) {
    assertThat(problems(diagram.replace("; ", "\n"), "default"))
        .anySatisfy(found -> assertThat(found.toString()).contains(problem));
  }

  private static List<Path> documents() throws IOException {
    try (Stream<Path> files = Files.walk(PROJECT)) {
      return files
          .filter(file -> file.toString().endsWith(".md") && !file.toString().contains("/target/"))
          .sorted()
          .toList();
    }
  }

  private static List<String> diagrams(String markdown) {
    return DIAGRAM.matcher(markdown).results().map(diagram -> diagram.group(1)).toList();
  }

  private static List<?> problems(String diagram, String theme) {
    return (List<?>) browser.executeAsyncScript(DRAW, diagram, theme, WIDEST);
  }

  private static void write(String name) throws IOException {
    byte[] picture = browser.findElement(By.tagName("svg")).getScreenshotAs(OutputType.BYTES);
    Path folder = Files.createDirectories(Path.of("target", "diagrams"));
    Files.write(folder.resolve(name + ".png"), picture);
  }
}
