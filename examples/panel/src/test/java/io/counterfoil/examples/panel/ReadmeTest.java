package io.counterfoil.examples.panel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Checks that the documents match the code. */
class ReadmeTest {
  private static final String README = "README.md";
  private static final String TEST_COMMAND = "./mvnw -B verify";
  private static final String HOSTS = "docs/hosts.md";
  private static final String SPRING_BOOT = "docs/spring-boot.md";
  private static final String OPERATIONS = "docs/operations.md";
  private static final String SECURITY_REQUIREMENTS = "docs/security-requirements.md";
  private static final List<String> DOCUMENTS = List.of(
      README,
      "ARCHITECTURE.md",
      "SECURITY.md",
      "CONTRIBUTING.md",
      "CHANGELOG.md",
      "COMPATIBILITY.md",
      HOSTS,
      SPRING_BOOT,
      OPERATIONS,
      "docs/concepts.md",
      SECURITY_REQUIREMENTS,
      "docs/containers.md",
      "docs/conventions.md",
      "docs/scaling.md",
      "examples/spring-boot/README.md",
      "examples/spring-ai-mcp/README.md");

  private static final Pattern JAVA_BLOCK = Pattern.compile("```java\n(.*?)```", Pattern.DOTALL);
  private static final Pattern LINK = Pattern.compile("]\\((?!http)([^)#]+)");
  private static final Pattern TEST_NAME =
      Pattern.compile("`([A-Z][A-Za-z0-9]+)\\.([a-z][A-Za-z0-9_]+)`");

  @Test
  void every_java_sample_is_code_that_the_build_runs() {
    String sources = unspaced(String.join("", ProjectFiles.javaSources(".java")));
    List<String> samples = Stream.of(README, HOSTS, SPRING_BOOT, OPERATIONS)
        .flatMap(document -> JAVA_BLOCK.matcher(ProjectFiles.text(document)).results())
        .map(block -> unspaced(block.group(1)))
        .toList();
    assertThat(samples)
        .hasSizeGreaterThan(8)
        .allSatisfy(sample -> assertThat(sources).contains(sample));
  }

  @Test
  void the_first_sample_starts_before_line_25_and_has_at_most_12_lines() {
    List<String> lines = ProjectFiles.text(README).lines().toList();
    int start = lines.indexOf("```java");
    assertThat(start).isBetween(0, 24);
    assertThat(lines.subList(start + 1, lines.size()).indexOf("```")).isLessThanOrEqualTo(12);
    assertThat(lines).hasSizeLessThanOrEqualTo(200);
  }

  @Test
  void the_commands_that_the_panel_prints_are_those_of_the_readme() {
    String printed = ExampleCommands.toTry("http://127.0.0.1:8080/");
    assertThat(ProjectFiles.text(README))
        .contains(printed.substring(printed.indexOf("curl")).strip());
  }

  @Test
  void only_the_classes_that_the_architecture_names_reveal_a_plaintext() {
    List<String> classes = ProjectFiles.publishedClassesWith(".reveal()");
    assertThat(classes).containsExactly("FirstTokenFile", "TestTokens", "TokenJson");
    assertThat(ProjectFiles.text("ARCHITECTURE.md")).contains(classes);
  }

  @Test
  void ci_runs_the_test_command_of_the_readme() {
    assertThat(ProjectFiles.text(".ci/run")).contains(TEST_COMMAND + '\n');
    assertThat(ProjectFiles.text(README)).contains('\n' + TEST_COMMAND + '\n');
    assertThat(ProjectFiles.text("CONTRIBUTING.md")).contains('\n' + TEST_COMMAND + '\n');
  }

  @Test
  void every_link_to_a_file_of_the_project_is_valid() {
    for (String document : DOCUMENTS) {
      assertThat(LINK.matcher(ProjectFiles.text(document)).results().map(link -> link.group(1)))
          .allSatisfy(link -> assertThat(ProjectFiles.path(document).resolveSibling(link))
              .as(document)
              .exists());
    }
  }

  @Test
  void every_test_named_in_the_security_requirements_exists() {
    List<MatchResult> names =
        TEST_NAME.matcher(ProjectFiles.text(SECURITY_REQUIREMENTS)).results().toList();
    assertThat(names)
        .hasSizeGreaterThan(50)
        .allSatisfy(name -> assertThat(ProjectFiles.javaSources('/' + name.group(1) + ".java"))
            .as(name.group())
            .isNotEmpty()
            .anySatisfy(source -> assertThat(source).contains(" " + name.group(2) + "(")));
  }

  /** Ignores white space, because the formatter may break lines differently. */
  private static String unspaced(String code) {
    return code.replaceAll("\\s", "");
  }
}
