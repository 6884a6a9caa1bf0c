package io.counterfoil.tutorials;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.counterfoil.tutorials.Step.OpenInBrowser;
import io.counterfoil.tutorials.Step.OpenSecondTerminal;
import io.counterfoil.tutorials.Step.Restart;
import io.counterfoil.tutorials.Step.RunInCheckout;
import io.counterfoil.tutorials.Step.WriteFile;
import java.io.File;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Follows each page in {@code docs/tutorials}, with Maven and curl. */
class TutorialIT {
  private static final Path ROOT = Path.of(System.getProperty("counterfoil.root"));
  private static final Path WORK = Path.of(System.getProperty("counterfoil.work"));
  private static final Path REPOSITORY = WORK.resolve("repository");

  private static final Pattern VERSION =
      Pattern.compile("</artifactId>\\s*<version>([^<]+)</version>");

  /** The version of the reader's application, and that of the exec-maven-plugin: newer ones need Maven 3.9. */
  private static final Set<String> OTHER_VERSIONS = Set.of("1", "3.6.4");

  @BeforeAll
  static void install_the_artifacts_of_this_build() throws IOException {
    LocalRepository.install(ROOT, System.getProperty("counterfoil.version"), REPOSITORY);
  }

  static List<String> pages() throws IOException {
    try (Stream<Path> files = Files.list(ROOT.resolve("docs/tutorials"))) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  @ParameterizedTest
  @MethodSource("pages")
  void a_reader_sees_what_the_page_shows(String page) throws IOException, InterruptedException {
    Stream.of("bash", "curl").forEach(TutorialIT::assumeInstalled);
    Path folder = emptyFolder(page.replace(".md", ""));
    // The port of the pages may be taken on this machine, so another number replaces it everywhere.
    String text = read(page).replace("8080", String.valueOf(freePort()));
    try (TutorialReader reader = new TutorialReader(folder, environment(), programs())) {
      reader.follow(TutorialPage.steps(text));
    }
  }

  private static void assumeInstalled(String program) {
    assumeTrue(
        Stream.of(System.getenv("PATH").split(File.pathSeparator))
            .anyMatch(folder -> Files.isExecutable(Path.of(folder, program))),
        "The tutorials are not followed: there is no " + program + " here");
  }

  @ParameterizedTest
  @MethodSource("pages")
  void a_page_leads_from_files_to_a_disabled_token(String page) throws IOException {
    List<Step> steps = TutorialPage.steps(read(page));
    assertThat(steps)
        .hasAtLeastOneElementOfType(WriteFile.class)
        .contains(new OpenSecondTerminal(), new Restart())
        .hasAtLeastOneElementOfType(OpenInBrowser.class);
    String shown = steps.stream().map(Step::toString).reduce("", String::concat);
    assertThat(shown)
        .containsSubsequence(
            "HTTP/1.1 401",
            "Hello",
            "/create",
            "Hello",
            "\"enabled\":false",
            "HTTP/1.1 401",
            "Hello");
  }

  @ParameterizedTest
  @MethodSource("pages")
  void commands_for_a_checkout_are_those_of_the_readme(String page) throws IOException {
    String readme = Files.readString(ROOT.resolve("README.md"));
    assertThat(TutorialPage.steps(read(page)))
        .filteredOn(RunInCheckout.class::isInstance)
        .hasSize(1)
        .allSatisfy(step ->
            assertThat(readme).contains(((RunInCheckout) step).commands().strip()));
  }

  /** Otherwise an update of a dependency would leave the tutorials behind. */
  @ParameterizedTest
  @MethodSource("pages")
  void versions_are_those_of_this_project(String page) throws IOException {
    StringBuilder ours = new StringBuilder();
    for (String module :
        List.of("", "examples/spring-boot", "examples/javalin", "integration-tests/war")) {
      ours.append(Files.readString(ROOT.resolve(module).resolve("pom.xml")));
    }
    assertThat(VERSION.matcher(read(page)).results().map(found -> found.group(1)))
        .isNotEmpty()
        .allMatch(
            version -> OTHER_VERSIONS.contains(version) || ours.indexOf('>' + version + '<') >= 0);
  }

  private static String read(String page) throws IOException {
    return Files.readString(ROOT.resolve("docs/tutorials").resolve(page));
  }

  private static Path emptyFolder(String name) throws IOException {
    Path folder = WORK.resolve("tutorials").resolve(name);
    if (Files.exists(folder)) {
      try (Stream<Path> old = Files.walk(folder)) {
        old.sorted(Comparator.reverseOrder())
            .forEach(file -> assertThat(file.toFile().delete()).isTrue());
      }
    }
    return Files.createDirectories(folder);
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }

  private static Map<String, String> environment() {
    return Map.of(
        "JAVA_HOME", System.getProperty("java.home"), "MAVEN_OPTS", "-XX:TieredStopAtLevel=1");
  }

  /**
   * Returns functions in place of programs. Instead of an installed Maven, readers use the wrapper of this project, with the
   * artifacts of this build in front of the local repository of the user. Without {@code MAVEN_BASEDIR}, Maven would read the
   * settings of this project, whose folder is above. And curl would show its progress, because its output is no terminal.
   */
  private static String programs() {
    List<String> repositories = Arrays.stream(
            System.getProperty("maven.repositories").split(","))
        .filter(path -> !path.isBlank())
        .toList();
    String offline = System.getProperty("maven.offline").equals("is true") ? "-o" : "";
    return """
        mvn() {
          MAVEN_BASEDIR=$PWD '%s' -B -ntp %s '-Dmaven.repo.local=%s' '-Dmaven.repo.local.tail=%s' "$@"
        }
        curl() {
          command curl --no-progress-meter "$@"
        }
        """.formatted(ROOT.resolve("mvnw"), offline, REPOSITORY, String.join(",", repositories));
  }
}
