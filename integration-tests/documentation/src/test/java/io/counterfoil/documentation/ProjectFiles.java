package io.counterfoil.documentation;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;

/** The files of the project. */
final class ProjectFiles {
  private static final Set<String> NOT_SOURCES = Set.of("target", ".git", ".idea", "node_modules");
  private static final Path ROOT = root();
  private static final List<Path> FILES = files();

  private ProjectFiles() {}

  static Path path(String name) {
    return ROOT.resolve(name);
  }

  /** Returns the name of a file, relative to the root of the project, with slashes. */
  static String name(Path file) {
    return ROOT.relativize(file).toString().replace('\\', '/');
  }

  static String text(String name) {
    return read(path(name));
  }

  /** Returns each file whose name ends with this text, in alphabetical order. */
  static List<Path> endingWith(String end) {
    return FILES.stream()
        .filter(file -> ('/' + name(file)).endsWith(end))
        .sorted()
        .toList();
  }

  /** Returns the version of the project. */
  static String version() {
    String pom = text("pom.xml");
    int start = pom.indexOf("<version>") + "<version>".length();
    return pom.substring(start, pom.indexOf("</version>", start));
  }

  static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<Path> files() {
    List<Path> files = new ArrayList<>();
    try {
      Files.walkFileTree(ROOT, new SimpleFileVisitor<>() {
        @Override
        public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
          boolean skipped = NOT_SOURCES.contains(folder.getFileName().toString());
          return skipped ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
          files.add(file);
          return FileVisitResult.CONTINUE;
        }
      });
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return Collections.unmodifiableList(files);
  }

  private static Path root() {
    Path folder = Path.of("").toAbsolutePath();
    while (!Files.exists(folder.resolve("mvnw"))) {
      folder = folder.getParent();
    }
    return folder;
  }
}
