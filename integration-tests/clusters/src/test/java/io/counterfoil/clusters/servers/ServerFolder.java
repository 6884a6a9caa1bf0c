package io.counterfoil.clusters.servers;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** A folder with the files of one server or cluster. Closing deletes it. */
public final class ServerFolder implements AutoCloseable {
  private final Path path;

  private ServerFolder(Path path) {
    this.path = path;
  }

  /** Creates an empty folder that a user owns: below {@code target/clusters}, or, if the user may not enter that, a temporary one. */
  public static ServerFolder create(String name, String user) {
    try {
      Path parent = Files.createDirectories(Path.of("target", "clusters").toAbsolutePath());
      Path path = owned(Files.createTempDirectory(parent, name + '-'), user);
      if (!canEnter(user, path)) {
        Files.delete(path);
        path = owned(Files.createTempDirectory(name), user);
      }
      return new ServerFolder(path);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Path owned(Path path, String user) {
    if (SystemUser.isRoot()) {
      Programs.run("chown", user + ':', path.toString());
    }
    return path;
  }

  /** Returns the absolute path of the folder. */
  public Path path() {
    return path;
  }

  @Override
  public void close() {
    try (Stream<Path> files = Files.walk(path)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static boolean canEnter(String user, Path path) {
    try {
      Programs.run(SystemUser.command(user, List.of("test", "-w", path.toString())));
      return true;
    } catch (IllegalStateException forbidden) {
      return false;
    }
  }
}
