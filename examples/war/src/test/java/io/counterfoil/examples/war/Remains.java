package io.counterfoil.examples.war;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** What an application has of the process that it runs in. */
final class Remains {
  private static final Path DESCRIPTORS = Path.of("/proc/self/fd");

  private Remains() {}

  /** The threads that run for the application, and those that the library and the driver name, whoever they run for. */
  static List<String> threadsOf(ClassLoader application) {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> application.equals(thread.getContextClassLoader()) || isNamedByUs(thread))
        .map(Thread::getName)
        .toList();
  }

  private static boolean isNamedByUs(Thread thread) {
    return Stream.of("counterfoil-", "MVStore", "H2").anyMatch(thread.getName()::startsWith);
  }

  /** The files in these folders that this process has open, deleted ones too. */
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
    } catch (IOException e) { // closed meanwhile
      return descriptor;
    }
  }
}
