package io.counterfoil.documentation;

import static org.assertj.core.api.Assertions.assertThat;

import io.counterfoil.servlet.BearerFilter;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The smaller tables of docs/reference.md have the names that the code has. */
class NamesReferenceTest {
  private static final String STARTER =
      "integrations/spring-boot-starter/src/main/java/io/counterfoil/springboot/";

  private final Page reference = Page.of("docs/reference.md");
  private final Problems problems = new Problems();

  @Test
  void every_member_of_the_actuator_endpoint_is_listed() {
    compare(
        "The actuator endpoint",
        STARTER + "CounterfoilEndpoint.java",
        "(?:report|tokens|cache)\\.put\\(\\s*\"(\\w+)\"");
  }

  @Test
  void every_member_of_the_response_to_a_secret_scanner_is_listed() {
    compare(
        "Reports of secret scanning",
        "servlet-filter/src/main/java/io/counterfoil/http/SecretScanningHandler.java",
        "writeStringField\\(\"(\\w+)\"");
  }

  private void compare(String heading, String source, String name) {
    List<String> names = Pattern.compile(name)
        .matcher(ProjectFiles.text(source))
        .results()
        .map(result -> result.group(1))
        .toList();
    problems.compareNames(reference.table(heading), new TreeSet<>(names));
    problems.assertNone();
  }

  @Test
  void every_table_of_the_database_is_listed() {
    TreeSet<String> tables = new TreeSet<>();
    ProjectFiles.endingWith(".sql").stream()
        .filter(ProjectArtifacts::isPublished)
        .map(ProjectFiles::read)
        .forEach(script -> Pattern.compile("CREATE TABLE (?:IF NOT EXISTS )?(\\w+)")
            .matcher(script)
            .results()
            .forEach(table -> tables.add(table.group(1))));
    problems.compareNames(reference.table("Tables of the database"), tables);
    problems.assertNone();
  }

  @Test
  void the_attributes_and_authorities_are_those_of_the_code() {
    List<String> names = reference.table("Attributes and authorities").texts(1);
    assertThat(names).contains(BearerFilter.ACCEPTED, "SCOPE_*", "token.id");
    assertThat(ProjectFiles.text(STARTER + "ApiTokenAuthentication.java")).contains("\"SCOPE_\"");
    assertThat(ProjectFiles.text(STARTER + "TokenIdFilter.java")).contains("\"token.id\"");
  }
}
