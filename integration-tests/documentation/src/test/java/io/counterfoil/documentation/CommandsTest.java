package io.counterfoil.documentation;

import static org.assertj.core.api.Assertions.assertThat;

import io.counterfoil.documentation.Page.Block;
import io.counterfoil.documentation.Page.Located;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The commands in documents name modules, profiles, jars, scripts and tests that exist. The tutorials are run by a test of their own. */
class CommandsTest {
  private static final Pattern PROFILE =
      Pattern.compile("<profile>.*?<id>([^<]+)</id>", Pattern.DOTALL);
  private static final String POMS = poms();
  private static final Set<String> PROFILES = PROFILE
      .matcher(POMS)
      .results()
      .map(profile -> profile.group(1))
      .collect(HashSet::new, HashSet::add, HashSet::addAll);

  /** The options of Maven and its plugins that documents use. The project has all others in a POM or a test. */
  private static final Set<String> OPTIONS_OF_MAVEN = Set.of(
      "test",
      "skipTests",
      "groups",
      "excludedGroups",
      "surefire.failIfNoSpecifiedTests",
      "maven.repo.local");

  /** For each pattern of a part of a command, what must be true of each of its elements. */
  private static final Map<Pattern, Function<String, Boolean>> RULES = Map.of(
      Pattern.compile("-pl (\\S+)"), module -> Files.exists(ProjectFiles.path(module + "/pom.xml")),
      Pattern.compile("-P(\\S+)"), PROFILES::contains,
      Pattern.compile("-Dtest=(\\w+)"), CommandsTest::isClass,
      Pattern.compile("-D([\\w.]+)"), CommandsTest::isOption,
      Pattern.compile("java .*?(\\S+\\.jar)"), CommandsTest::isJar,
      Pattern.compile("\\.jar (io\\.counterfoil\\.[\\w.]+)"), CommandsTest::isClass,
      Pattern.compile("(?:^|\\s)(\\.ci/\\S+)"), script -> Files.exists(ProjectFiles.path(script)));

  @Test
  void every_part_of_a_command_exists() {
    Problems problems = new Problems();
    for (Page page : Page.all()) {
      if (!page.isTutorial()) {
        commands(page).forEach(command -> check(page, command, problems));
      }
    }
    problems.assertNone();
  }

  @Test
  void the_rules_notice_what_does_not_exist() {
    assertThat(problemsOf("./mvnw -Pquick -pl core,nothing -am -Dtest=PepperTest verify"))
        .containsExactly("nothing");
    assertThat(problemsOf("./mvnw -Pquick,slow -Dno.such.option=1 verify"))
        .containsExactlyInAnyOrder("slow", "no.such.option");
    assertThat(problemsOf("java -jar benchmarks/target/counterfoil-benchmarks.jar"))
        .isEmpty();
    assertThat(problemsOf("java -jar benchmarks/target/benchmarks.jar"))
        .containsExactly("benchmarks/target/benchmarks.jar");
    assertThat(problemsOf("./mvnw test -Dtest=NoSuchTest")).containsExactly("NoSuchTest");
  }

  /** Returns the commands in shell blocks, and those in the text that begin with the Maven wrapper. */
  private static List<Located> commands(Page page) {
    List<Located> commands = new ArrayList<>();
    for (Block block : page.blocks()) {
      if (block.tag().equals("shell")) {
        commands.add(new Located(block.text().replace("\\\n", ""), block.line()));
      }
    }
    page.code().stream()
        .filter(code -> code.text().matches("(?s)(\\./mvnw|java -jar|\\.ci/|-D|-P).*"))
        .forEach(commands::add);
    return commands;
  }

  private static void check(Page page, Located command, Problems problems) {
    problemsOf(command.text())
        .forEach(part -> problems.add(page, command.line(), part + " does not exist"));
  }

  private static Set<String> problemsOf(String command) {
    Map<String, Boolean> parts = new TreeMap<>();
    RULES.forEach((pattern, exists) -> {
      for (MatchResult match : pattern.matcher(command).results().toList()) {
        for (String part : match.group(1).split(",", -1)) {
          parts.put(part, exists.apply(part));
        }
      }
    });
    parts.values().removeIf(exists -> exists);
    return parts.keySet();
  }

  private static boolean isOption(String name) {
    return OPTIONS_OF_MAVEN.contains(name)
        || POMS.contains('<' + name + '>')
        || POMS.contains("${" + name + '}')
        || ProjectFiles.endingWith(".java").stream()
            .filter(file -> !file.endsWith("CommandsTest.java"))
            .anyMatch(file -> ProjectFiles.read(file).contains('"' + name + '"'));
  }

  private static boolean isJar(String jar) {
    String module = jar.replaceFirst("/target/.*", "");
    String name = jar.replaceFirst(".*/", "").replace(".jar", "");
    return Files.exists(ProjectFiles.path(module + "/pom.xml"))
        && ProjectFiles.text(module + "/pom.xml").contains("<finalName>" + name + "</finalName>");
  }

  private static boolean isClass(String name) {
    return !ProjectFiles.endingWith('/' + name.replace('.', '/') + ".java").isEmpty();
  }

  private static String poms() {
    StringBuilder poms = new StringBuilder();
    ProjectFiles.endingWith("/pom.xml").forEach(pom -> poms.append(ProjectFiles.read(pom)));
    return poms.toString();
  }
}
