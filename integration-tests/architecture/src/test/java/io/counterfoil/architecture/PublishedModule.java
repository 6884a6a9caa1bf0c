package io.counterfoil.architecture;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.Location;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.module.ModuleDescriptor;
import java.net.URI;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * A module that users can depend on.
 *
 * @param artifact the artifact, without the prefix that all of them have
 * @param folder its folder in the project
 * @param module the name of its Java module
 */
record PublishedModule(String artifact, String folder, String module) {
  static final List<PublishedModule> ALL = List.of(
      new PublishedModule("core", "core", "io.counterfoil"),
      new PublishedModule("store-memory", "store-memory", "io.counterfoil.memory"),
      new PublishedModule("store-testkit", "store-testkit", "io.counterfoil.testkit"),
      new PublishedModule("store-jdbc", "store-jdbc", "io.counterfoil.jdbc"),
      new PublishedModule("store-cache", "store-cache", "io.counterfoil.cache"),
      new PublishedModule("servlet-filter", "servlet-filter", "io.counterfoil.servlet"),
      new PublishedModule("jaxrs", "integrations/jaxrs", "io.counterfoil.jaxrs"),
      new PublishedModule("micrometer", "integrations/micrometer", "io.counterfoil.micrometer"),
      new PublishedModule(
          "spring-boot-starter", "integrations/spring-boot-starter", "io.counterfoil.springboot"),
      new PublishedModule(
          "spring-boot-starter-test",
          "integrations/spring-boot-starter-test",
          "io.counterfoil.springboot.test"));

  static final Path PROJECT = Path.of("../..").toAbsolutePath().normalize();

  Path path() {
    return PROJECT.resolve(folder);
  }

  Set<String> packages() {
    return switch (artifact) {
      case "core" -> Set.of(module, "io.counterfoil.internal");
      case "servlet-filter" -> Set.of(module, "io.counterfoil.http");
      default -> Set.of(module);
    };
  }

  /** Returns its jar, or the folder of its classes if Maven has not packaged it. */
  Path location() {
    String jar = ".*/counterfoil-" + artifact + "-\\d[^/]*\\.jar";
    Path classes = path().resolve("target/classes");
    return Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
        .map(Path::of)
        .filter(entry ->
            entry.equals(classes) || entry.toString().replace('\\', '/').matches(jar))
        .findFirst()
        .orElseThrow(() -> new AssertionError("The class path has no " + artifact));
  }

  Path jar() {
    Path jar = location();
    if (!Files.isRegularFile(jar)) {
      throw new AssertionError("Not packaged: " + jar);
    }
    return jar;
  }

  /** Returns the paths of its files, such as {@code META-INF/LICENSE}. */
  List<String> files() {
    return reading(root -> {
      try (Stream<Path> files = Files.walk(root)) {
        return files
            .filter(Files::isRegularFile)
            .map(file -> root.relativize(file).toString().replace('\\', '/'))
            .sorted()
            .toList();
      }
    });
  }

  /** Returns its files except classes and what Maven adds. */
  List<String> resources() {
    return files().stream()
        .filter(file -> !file.endsWith(".class"))
        .filter(file -> !file.startsWith("META-INF/maven/"))
        .filter(file -> !List.of("META-INF/MANIFEST.MF", "META-INF/LICENSE").contains(file))
        .toList();
  }

  /** Returns the names of its classes. */
  List<String> classes() {
    return files().stream()
        .filter(file -> file.endsWith(".class") && !file.endsWith("-info.class"))
        .map(file -> file.substring(0, file.length() - ".class".length()).replace('/', '.'))
        .toList();
  }

  byte[] read(String file) {
    return reading(root -> Files.readAllBytes(root.resolve(file)));
  }

  /** Returns what its class files say, without loading them. */
  JavaClasses classFiles() {
    Path location = location();
    return new ClassFileImporter()
        .importLocations(Set.of(
            Files.isDirectory(location)
                ? Location.of(location)
                : Location.of(URI.create("jar:" + location.toUri() + "!/"))));
  }

  /** Returns its module descriptor, or nothing if its name is in the manifest. */
  Optional<ModuleDescriptor> descriptor() {
    return reading(root -> {
      Path file = root.resolve("module-info.class");
      if (!Files.exists(file)) {
        return Optional.empty();
      }
      try (InputStream in = Files.newInputStream(file)) {
        return Optional.of(ModuleDescriptor.read(in));
      }
    });
  }

  private <T> T reading(Reading<T> reading) {
    Path location = location();
    if (Files.isDirectory(location)) {
      return reading.uncheckedRead(location);
    }
    try (FileSystem jar =
        FileSystems.newFileSystem(URI.create("jar:" + location.toUri()), Map.of())) {
      return reading.uncheckedRead(jar.getPath("/"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private interface Reading<T> {
    T read(Path root) throws IOException;

    default T uncheckedRead(Path root) {
      try {
        return read(root);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  @Override
  public String toString() {
    return artifact;
  }
}
