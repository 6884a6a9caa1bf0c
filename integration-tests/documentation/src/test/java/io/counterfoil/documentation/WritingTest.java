package io.counterfoil.documentation;

import static org.assertj.core.api.Assertions.assertThat;

import io.counterfoil.documentation.Page.Block;
import io.counterfoil.documentation.Page.Located;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The form of the documents, and the names and versions in them. */
class WritingTest {
  private static final String README = "README.md";
  private static final String TEST_COMMAND = "./mvnw -B verify";
  private static final int MAX_LINE = 140;
  private static final Pattern VERSION = Pattern.compile("\\b\\d+\\.\\d+\\.\\d+-SNAPSHOT\\b");
  private static final Pattern TEST_NAME =
      Pattern.compile("([A-Z][A-Za-z0-9]+)\\.([a-z][A-Za-z0-9]*_[A-Za-z0-9_]+)");

  private final Problems problems = new Problems();

  @Test
  void no_line_of_docs_is_longer_than_140_characters() {
    for (Page page : Page.all()) {
      Set<Integer> inBlocks = linesOfBlocks(page);
      List<String> lines = page.lines();
      for (int i = 0; i < lines.size() && page.name().startsWith("docs/"); i++) {
        String line = lines.get(i);
        // A row of a table is one line, and a code block is as its source.
        if (line.length() > MAX_LINE && !line.startsWith("|") && !inBlocks.contains(i + 1)) {
          problems.add(
              page, i + 1, line.length() + " characters (expected: at most " + MAX_LINE + ')');
        }
      }
    }
    problems.assertNone();
  }

  private static Set<Integer> linesOfBlocks(Page page) {
    Set<Integer> lines = new HashSet<>();
    for (Block block : page.blocks()) {
      long last = block.line() + block.text().lines().count();
      for (int line = block.line(); line <= last; line++) {
        lines.add(line);
      }
    }
    return lines;
  }

  @Test
  void the_first_sample_of_the_readme_starts_before_line_25_and_has_at_most_12_lines() {
    Block first = Page.of(README).blocks().stream()
        .filter(block -> block.tag().equals("java"))
        .findFirst()
        .orElseThrow();
    assertThat(first.line()).isLessThan(25);
    assertThat(first.text().lines()).hasSizeLessThanOrEqualTo(12);
  }

  @Test
  void the_readme_has_at_most_200_lines() {
    assertThat(Page.of(README).lines()).hasSizeLessThanOrEqualTo(200);
  }

  @Test
  void every_version_of_the_project_in_a_document_is_the_present_one() {
    for (Page page : Page.all()) {
      List<String> lines = page.lines();
      for (int i = 0; i < lines.size(); i++) {
        Matcher version = VERSION.matcher(lines.get(i));
        while (version.find()) {
          if (!version.group().equals(ProjectFiles.version())) {
            problems.add(
                page, i + 1, version.group() + " (expected: " + ProjectFiles.version() + ')');
          }
        }
      }
    }
    problems.assertNone();
  }

  @Test
  void ci_runs_the_test_command_of_the_readme() {
    assertThat(ProjectFiles.text(".ci/run")).contains(TEST_COMMAND + '\n');
    assertThat(ProjectFiles.text(README)).contains('\n' + TEST_COMMAND + '\n');
    assertThat(ProjectFiles.text("CONTRIBUTING.md")).contains('\n' + TEST_COMMAND + '\n');
  }

  @Test
  void every_test_that_a_document_names_exists() {
    int named = 0;
    for (Page page : Page.all()) {
      for (Located code : page.code()) {
        Matcher name = TEST_NAME.matcher(code.text());
        if (name.matches()) {
          named++;
          if (!exists(name.group(1), name.group(2))) {
            problems.add(page, code.line(), "there is no test " + code.text());
          }
        }
      }
    }
    problems.assertNone();
    assertThat(named).isGreaterThan(300);
  }

  private static boolean exists(String type, String method) {
    return ProjectFiles.endingWith('/' + type + ".java").stream()
        .anyMatch(file -> ProjectFiles.read(file).contains(' ' + method + '('));
  }

  @Test
  void only_the_classes_that_the_architecture_names_reveal_a_plaintext() {
    List<String> classes = ProjectFiles.endingWith(".java").stream()
        .filter(file -> ProjectArtifacts.isPublished(file)
            && !ProjectFiles.name(file).startsWith("store-testkit/"))
        .filter(file -> ProjectFiles.read(file).contains(".reveal()"))
        .map(file -> file.getFileName().toString().replace(".java", ""))
        .sorted()
        .toList();
    assertThat(classes).containsExactly("FirstTokenFile", "Plaintexts", "TestTokens", "TokenJson");
    assertThat(ProjectFiles.text("ARCHITECTURE.md")).contains(classes);
  }
}
