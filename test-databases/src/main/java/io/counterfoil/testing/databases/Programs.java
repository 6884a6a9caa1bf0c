package io.counterfoil.testing.databases;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * The programs of PostgreSQL, unpacked into a folder, and run by whom PostgreSQL puts up with.
 *
 * <p>Root's run as nobody, in a folder that nobody can read: PostgreSQL refuses to run as root.
 */
record Programs(Path folder) {
  /** How many seconds anything may take. */
  static final int PATIENCE = 60;

  private static final int NOBODY = 65534;
  private static final List<String> AS_NOBODY =
      List.of("setpriv", "--reuid=" + NOBODY, "--regid=" + NOBODY, "--clear-groups");

  /** Unpacks them, for everybody to reach. */
  void unpack() throws IOException {
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
    Binaries.unpack(folder);
  }

  /** Makes a folder that they may write to. */
  void makeFolder(Path path) throws IOException {
    Files.createDirectory(path);
    if (Root.isHere()) {
      Files.setAttribute(path, "unix:uid", NOBODY);
    }
  }

  /** Runs one to its end, which must be a good one. */
  void run(String program, String... args) throws IOException {
    Process process = start(program, args);
    if (!hasEnded(process, TimeUnit.SECONDS.toMillis(PATIENCE))) {
      process.destroyForcibly();
      throw new IOException(program + " does not end: " + output(program));
    }
    if (process.exitValue() != 0) {
      throw new IOException(program + " failed: " + output(program));
    }
  }

  /** Starts one. It keeps its process id: setpriv becomes what it starts. */
  Process start(String program, String... args) throws IOException {
    List<String> command = new ArrayList<>(Root.isHere() ? AS_NOBODY : List.of());
    command.add(folder.resolve("bin").resolve(program).toString());
    command.addAll(List.of(args));
    return new ProcessBuilder(command)
        .directory(folder.toFile())
        .redirectErrorStream(true)
        .redirectOutput(log(program).toFile())
        .start();
  }

  /** Returns what one printed when it was last started. */
  String output(String program) throws IOException {
    return Files.readString(log(program));
  }

  private Path log(String program) {
    return folder.resolve(program + ".log");
  }

  /** Waits for the end of a process, and says whether it came. */
  static boolean hasEnded(Process process, long millis) {
    try {
      return process.waitFor(millis, TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
