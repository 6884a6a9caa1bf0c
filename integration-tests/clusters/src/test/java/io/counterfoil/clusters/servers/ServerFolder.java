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

  /**
   * Creates an empty folder that a user owns: below {@code target/clusters}, or, if the user may not enter that, a temporary one.
   *
   * <p>The path of a Unix socket has at most 107 bytes, so sockets belong into {@link #temporary}.
   */
  public static ServerFolder create(String name, String user) {
    try {
      Path parent = Files.createDirectories(Path.of("target", "clusters").toAbsolutePath());
      Path path = Files.createTempDirectory(parent, name + '-');
      Programs.run("chown", "-R", owner(user), path.toString());
      if (canEnter(user, path)) {
        return new ServerFolder(path);
      }
      Files.delete(path);
      return temporary(name, user);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Creates an empty folder with a short path that a user owns. */
  public static ServerFolder temporary(String name, String user) {
    try {
      Path path = Files.createTempDirectory(name);
      Programs.run("chown", "-R", owner(user), path.toString());
      return new ServerFolder(path);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
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

  private static String owner(String user) {
    return SystemUser.isRoot() ? user + ':' : Programs.run("id", "-u").strip();
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
