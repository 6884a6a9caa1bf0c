package io.counterfoil.benchmarks;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;

/** Folders below {@code target} for database files. */
final class ScratchFiles {
  private ScratchFiles() {}

  /** Returns a path next to the jar or the class folder of the benchmarks. */
  static Path path(String name) {
    try {
      return Path.of(ScratchFiles.class
              .getProtectionDomain()
              .getCodeSource()
              .getLocation()
              .toURI())
          .resolveSibling(name);
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Deletes a folder with its contents, if it exists. */
  static void delete(Path folder) throws IOException {
    if (Files.notExists(folder)) {
      return;
    }
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
