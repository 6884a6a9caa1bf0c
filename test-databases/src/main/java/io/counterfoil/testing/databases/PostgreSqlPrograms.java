package io.counterfoil.testing.databases;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * The programs of PostgreSQL, which may not run as root: if the tests run as root, the programs run as the user nobody.
 *
 * @param bin the folder with the programs
 * @param folder the folder for their output
 */
record PostgreSqlPrograms(Path bin, Path folder) {
  /** The time limit for each step, in seconds. */
  static final int TIMEOUT = 60;

  private static final int NOBODY = 65534;
  private static final List<String> AS_NOBODY =
      List.of("setpriv", "--reuid=" + NOBODY, "--regid=" + NOBODY, "--clear-groups");

  /** Returns the folder with the programs of an installed PostgreSQL. */
  static Optional<Path> installed(SearchPath path) {
    return path.find("postgres")
        .map(Path::getParent)
        .filter(bin -> Files.isExecutable(bin.resolve("initdb")))
        .findFirst();
  }

  /** Returns the bundled programs, unpacked into a folder, or the installed ones if none are bundled for this platform. */
  static PostgreSqlPrograms in(Path folder) throws IOException {
    // The user nobody must be able to enter it.
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
    if (Platform.current().hasBundledPostgreSql()) {
      BundledPostgreSql.unpack(folder);
      return new PostgreSqlPrograms(folder.resolve("bin"), folder);
    }
    return new PostgreSqlPrograms(installed(SearchPath.current()).orElseThrow(), folder);
  }

  /** Creates a folder to which the programs can write. */
  void createFolder(Path path) throws IOException {
    Files.createDirectory(path);
    if (RootUser.isCurrent()) {
      Files.setAttribute(path, "unix:uid", NOBODY);
    }
  }

  /** Runs a program; throws if it fails. */
  void run(String program, String... args) throws IOException {
    Process process = start(program, args);
    if (!hasEnded(process, TimeUnit.SECONDS.toMillis(TIMEOUT))) {
      process.destroyForcibly();
      throw new IOException(program + " does not end: " + output(program));
    }
    if (process.exitValue() != 0) {
      throw new IOException(program + " failed: " + output(program));
    }
  }

  /** Starts a program. The returned process is the program itself, because setpriv replaces itself with the program. */
  Process start(String program, String... args) throws IOException {
    List<String> command = new ArrayList<>(RootUser.isCurrent() ? AS_NOBODY : List.of());
    command.add(bin.resolve(program).toString());
    command.addAll(List.of(args));
    return new ProcessBuilder(command)
        .directory(folder.toFile())
        .redirectErrorStream(true)
        .redirectOutput(log(program).toFile())
        .start();
  }

  /** Returns the output of the last run of a program. */
  String output(String program) throws IOException {
    return Files.readString(log(program));
  }

  private Path log(String program) {
    return folder.resolve(program + ".log");
  }

  /** Waits for the end of a process; returns false if it does not end in time. */
  static boolean hasEnded(Process process, long millis) {
    try {
      return process.waitFor(millis, TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
