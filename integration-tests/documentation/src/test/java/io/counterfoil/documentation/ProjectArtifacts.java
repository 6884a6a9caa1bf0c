package io.counterfoil.documentation;

import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** The artifacts that the project publishes: those of the BOM, and the BOM. */
final class ProjectArtifacts {
  private static final Pattern ARTIFACT = Pattern.compile("<artifactId>(counterfoil-[^<]*)</");

  private static final Set<String> UNPUBLISHED =
      Set.of("examples/", "benchmarks/", "integration-tests/", "test-support/", "test-databases/");

  private ProjectArtifacts() {}

  /** Returns whether this is a source of a published module. */
  static boolean isPublished(Path file) {
    String name = ProjectFiles.name(file);
    return name.contains("/src/main/") && UNPUBLISHED.stream().noneMatch(name::startsWith);
  }

  static Set<String> published() {
    Set<String> published = new TreeSet<>();
    ARTIFACT
        .matcher(ProjectFiles.text("bom/pom.xml"))
        .results()
        .forEach(artifact -> published.add(artifact.group(1)));
    published.remove("counterfoil-parent");
    return published;
  }
}
