package io.counterfoil.testing.databases;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/** The folders to search for installed programs, in order. */
record SearchPath(List<Path> folders) {

  /** Returns the folders of the PATH, and the usual folders of servers, which the PATH of an ordinary user often lacks. */
  static SearchPath current() {
    Stream<String> path = Arrays.stream(System.getenv("PATH").split(File.pathSeparator));
    return new SearchPath(Stream.concat(path, Stream.of("/usr/local/sbin", "/usr/sbin"))
        .map(Path::of)
        .toList());
  }

  /** Returns the programs with one of these names, with symbolic links resolved. */
  Stream<Path> find(String... names) {
    return folders.stream()
        .flatMap(folder -> Arrays.stream(names).map(folder::resolve))
        .filter(Files::isExecutable)
        .map(SearchPath::real);
  }

  private static Path real(Path program) {
    try {
      return program.toRealPath();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
