package io.counterfoil.examples.panel;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** The files of the project, for tests that compare documents with code. */
final class ProjectFiles {
  private static final Set<String> NOT_SOURCES = Set.of("target", ".git");
  private static final Set<String> UNPUBLISHED =
      Set.of("examples", "benchmarks", "test-support", "test-databases", "store-testkit");
  private static final Path ROOT = root();
  private static final List<Path> JAVA_SOURCES = files(".java");

  private ProjectFiles() {}

  static Path path(String name) {
    return ROOT.resolve(name);
  }

  static String text(String name) {
    return read(path(name));
  }

  /** Returns the content of each Java source whose path ends with this text. */
  static List<String> javaSources(String end) {
    return JAVA_SOURCES.stream()
        .filter(file -> file.toString().endsWith(end))
        .map(ProjectFiles::read)
        .toList();
  }

  /** Returns the names of all documents, for {@link #text}. */
  static List<String> documents() {
    return files(".md").stream()
        .map(file -> ROOT.relativize(file).toString())
        .sorted()
        .toList();
  }

  /** Returns the names of the published classes whose source contains this text, without those of the test kit. */
  static List<String> publishedClassesWith(String text) {
    return JAVA_SOURCES.stream()
        .filter(file -> file.toString().contains("/src/main/"))
        .filter(file -> !UNPUBLISHED.contains(ROOT.relativize(file).getName(0).toString()))
        .filter(file -> read(file).contains(text))
        .map(file -> file.getFileName().toString().replace(".java", ""))
        .sorted()
        .toList();
  }

  private static List<Path> files(String end) {
    List<Path> found = new ArrayList<>();
    try {
      Files.walkFileTree(ROOT, new SimpleFileVisitor<>() {
        @Override
        public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
          boolean skipped = NOT_SOURCES.contains(folder.getFileName().toString());
          return skipped ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
          if (file.toString().endsWith(end)) {
            found.add(file);
          }
          return FileVisitResult.CONTINUE;
        }
      });
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return found;
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Path root() {
    Path folder = Path.of("").toAbsolutePath();
    while (!Files.exists(folder.resolve("mvnw"))) {
      folder = folder.getParent();
    }
    return folder;
  }
}
