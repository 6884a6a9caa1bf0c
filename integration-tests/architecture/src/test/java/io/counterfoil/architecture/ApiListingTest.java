package io.counterfoil.architecture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.SoftAssertions.assertSoftly;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The file {@code api.txt} of each published module shows in a review how its API changes. */
class ApiListingTest {
  private static final boolean UPDATE = Boolean.getBoolean("api.update");
  private static final String COMMAND =
      "./mvnw -Pquick -pl integration-tests/architecture -am test -Dtest=ApiListingTest"
          + " -Dsurefire.failIfNoSpecifiedTests=false -Dapi.update=true";

  static Stream<PublishedModule> modules() {
    return PublishedModule.ALL.stream();
  }

  @Test
  void each_artifact_of_the_bom_has_a_listing() throws IOException {
    String bom = Files.readString(PublishedModule.PROJECT.resolve("bom/pom.xml"));
    assertThat(modules().map(PublishedModule::artifact))
        .containsExactlyInAnyOrderElementsOf(
            Pattern.compile("<artifactId>counterfoil-(?!bom|parent)([^<]+)<")
                .matcher(bom)
                .results()
                .map(match -> match.group(1))
                .toList());
  }

  @ParameterizedTest
  @MethodSource("modules")
  void the_public_api_is_the_listed_one(PublishedModule module) throws IOException {
    Path file = module.path().resolve("api.txt");
    String actual = ApiListing.of(module);
    assertThat(actual).isNotEmpty();
    if (UPDATE) {
      Files.writeString(file, actual);
    }
    List<String> listed = Files.exists(file) ? Files.readAllLines(file) : List.of();
    List<String> lines = actual.lines().toList();
    String name = module.folder() + "/api.txt";
    assertSoftly(softly -> {
      softly.assertThat(without(lines, listed)).as("New API, not in %s", name).isEmpty();
      softly
          .assertThat(without(listed, lines))
          .as("In %s, but no longer API", name)
          .isEmpty();
      softly
          .assertThat(lines.equals(listed))
          .as("The lines of %s. To write them: %s", name, COMMAND)
          .isTrue();
    });
  }

  private static List<String> without(List<String> lines, List<String> others) {
    List<String> rest = new ArrayList<>(lines);
    others.forEach(rest::remove);
    return rest;
  }

  @ParameterizedTest
  @MethodSource("modules")
  void each_public_type_is_in_an_exported_package(PublishedModule module) {
    module
        .descriptor()
        .ifPresent(descriptor -> assertThat(ApiListing.types(module))
            .allSatisfy(type -> assertThat(descriptor.exports())
                .anyMatch(exported ->
                    exported.source().equals(type.getPackageName()) && !exported.isQualified())));
  }
}
