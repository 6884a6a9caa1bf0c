package io.counterfoil.clusters.servers;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Something that must be installed on this machine. Tests download nothing. */
public enum Requirement {
  /** What {@link ServerProcess} needs. */
  SERVERS("util-linux"),
  /** Network namespaces: needs root. */
  NAMESPACES("iproute2"),
  GALERA("mariadb-server galera-4 rsync"),
  HAPROXY("haproxy"),
  POSTGRESQL("postgresql"),
  PGBOUNCER("pgbouncer");

  private final String packages;

  Requirement(String packages) {
    this.packages = packages;
  }

  private List<String> programs() {
    return switch (this) {
      case SERVERS -> List.of("setsid", "setpriv");
      case NAMESPACES -> List.of("ip", "unshare");
      case GALERA -> List.of("mariadbd", "mariadb-install-db", "rsync");
      case HAPROXY -> List.of("haproxy");
      case POSTGRESQL -> List.of(); // not on the PATH: see below
      case PGBOUNCER -> List.of("pgbouncer");
    };
  }

  /** Returns why this requirement is not met; empty if it is. */
  Optional<String> missing() {
    return programs().stream()
        .filter(program -> Programs.find(program).isEmpty())
        .findFirst()
        .or(this::missingPart)
        .map(part ->
            name() + ": " + part + " is missing (on Debian: apt-get install " + packages + ')');
  }

  private Optional<String> missingPart() {
    return switch (this) {
      case NAMESPACES -> missing(canCreateNamespaces(), "root, or the right to create namespaces,");
      case GALERA -> missing(galeraLibrary().isPresent(), "libgalera_smm.so");
      case POSTGRESQL -> missing(postgreSqlPrograms().isPresent(), "pg_basebackup");
      case SERVERS, HAPROXY, PGBOUNCER -> Optional.empty();
    };
  }

  private static Optional<String> missing(boolean found, String part) {
    return found ? Optional.empty() : Optional.of(part);
  }

  private static boolean canCreateNamespaces() {
    if (!SystemUser.isRoot()) {
      return false;
    }
    try {
      Programs.run("unshare", "--net", "true"); // a container with default settings refuses it
      return true;
    } catch (IllegalStateException refused) {
      return false;
    }
  }

  /** Returns the provider of Galera. */
  static Optional<Path> galeraLibrary() {
    return List.of("/usr/lib/galera/libgalera_smm.so", "/usr/lib64/galera-4/libgalera_smm.so")
        .stream()
        .map(Path::of)
        .filter(Files::exists)
        .findFirst();
  }

  /** Returns the folder with the programs of PostgreSQL, which Debian does not put on the PATH; the newest one, from 14 on. */
  static Optional<Path> postgreSqlPrograms() {
    return List.of("18", "17", "16", "15", "14").stream()
        .map(version -> Path.of("/usr/lib/postgresql", version, "bin"))
        .filter(folder -> Files.isExecutable(folder.resolve("pg_basebackup")))
        .findFirst();
  }
}
