package io.counterfoil.war;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** The threads and open files of this process. */
final class OpenResources {
  private static final Path DESCRIPTORS = Path.of("/proc/self/fd");

  private OpenResources() {}

  /** Returns the threads of the application, and all threads that the library or the database driver names. */
  static List<String> threadsOf(ClassLoader application) {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread ->
            application.equals(thread.getContextClassLoader()) || hasNameOfLibraryOrDriver(thread))
        .map(Thread::getName)
        .toList();
  }

  private static boolean hasNameOfLibraryOrDriver(Thread thread) {
    return Stream.of("counterfoil-", "MVStore", "H2").anyMatch(thread.getName()::startsWith);
  }

  /** Returns the open files in these folders, including deleted files. */
  static List<Path> openFilesIn(Path... folders) throws IOException {
    List<Path> open = new ArrayList<>();
    try (Stream<Path> descriptors = Files.list(DESCRIPTORS)) {
      for (Path descriptor : descriptors.toList()) {
        Path file = target(descriptor);
        if (Stream.of(folders).anyMatch(file::startsWith)) {
          open.add(file);
        }
      }
    }
    return open;
  }

  private static Path target(Path descriptor) {
    try {
      return Files.readSymbolicLink(descriptor);
    } catch (IOException e) { // has been closed meanwhile
      return descriptor;
    }
  }
}
