package io.counterfoil.tutorials;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;

/** The artifacts of this build, as {@code mvn install} lays them out. The local repository of the user stays as it is. */
final class LocalRepository {
  private static final String GROUP = "io/counterfoil";

  /** The modules whose artifacts the tutorials use, by their folders. */
  private static final List<String> MODULES = List.of(
      "core",
      "store-jdbc",
      "store-cache",
      "servlet-filter",
      "integrations/micrometer",
      "integrations/spring-boot-starter");

  private LocalRepository() {}

  static void install(Path root, String version, Path repository) throws IOException {
    Path group = repository.resolve(GROUP);
    copy(root.resolve("pom.xml"), group, "counterfoil-parent", version, ".pom");
    for (String module : MODULES) {
      Path folder = root.resolve(module);
      String artifact = "counterfoil-" + folder.getFileName();
      copy(folder.resolve("pom.xml"), group, artifact, version, ".pom");
      Path jar = folder.resolve("target").resolve(artifact + '-' + version + ".jar");
      copy(jar, group, artifact, version, ".jar");
    }
  }

  private static void copy(Path file, Path group, String artifact, String version, String type)
      throws IOException {
    Path target = group.resolve(artifact).resolve(version).resolve(artifact + '-' + version + type);
    Files.createDirectories(target.getParent());
    Files.copy(file, target, StandardCopyOption.REPLACE_EXISTING);
  }
}
