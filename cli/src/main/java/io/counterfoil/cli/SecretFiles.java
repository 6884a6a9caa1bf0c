package io.counterfoil.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.function.Consumer;

/** Reads secrets from files, and warns if every user of the machine can read such a file. */
final class SecretFiles {
  private static final int MAX_BYTES = 1 << 16;

  private final Consumer<String> warnings;

  SecretFiles(Consumer<String> warnings) {
    this.warnings = warnings;
  }

  /** Returns the content without white space at the ends. The message does not quote the value: it may be the secret. */
  String content(String key, String file) throws CliException {
    Path path;
    byte[] bytes;
    try {
      path = Path.of(file);
      try (InputStream in = Files.newInputStream(path)) {
        bytes = in.readNBytes(MAX_BYTES + 1);
      }
      if (bytes.length > MAX_BYTES) { // a part of a key would be another key
        throw new IOException();
      }
    } catch (IOException | IllegalArgumentException unreadable) {
      throw CliException.invalid(
          key + ": cannot be read", "the path of a readable file of at most 64 KiB");
    }
    warnIfPublic(path);
    return new String(bytes, UTF_8).strip();
  }

  void warnIfPublic(Path file) {
    try {
      if (Files.getPosixFilePermissions(file).contains(PosixFilePermission.OTHERS_READ)) {
        warnings.accept(SafeText.name(file.toString())
            + ": every user of this machine can read its secrets (fix: chmod o-rwx)");
      }
    } catch (IOException | UnsupportedOperationException notPosix) {
      // Windows has no such permissions.
    }
  }
}
