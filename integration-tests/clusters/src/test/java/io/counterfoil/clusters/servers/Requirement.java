package io.counterfoil.clusters.servers;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** A part of this machine that tests need. They download nothing. */
public enum Requirement {
  /** Linux, and the programs with which {@link ServerProcess} starts servers. */
  SERVERS("util-linux"),
  /** Network namespaces, which need root. */
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
      case NAMESPACES -> List.of("ip");
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
      case NAMESPACES ->
        missing(Namespaces.ALLOWED, "the right of root to create network namespaces");
      case GALERA -> missing(galeraLibrary().isPresent(), "libgalera_smm.so");
      case POSTGRESQL -> missing(postgreSqlPrograms().isPresent(), "initdb");
      case SERVERS, HAPROXY, PGBOUNCER -> Optional.empty();
    };
  }

  private static Optional<String> missing(boolean found, String part) {
    return found ? Optional.empty() : Optional.of(part);
  }

  /** Some containers allow one step and refuse the next, so this creates a whole network. */
  private static final class Namespaces {
    static final boolean ALLOWED = SystemUser.isRoot() && canCreateNetwork();

    private static boolean canCreateNetwork() {
      try {
        Network.create(1).close();
        return true;
      } catch (IllegalStateException refused) {
        System.err.println(refused.getMessage());
        return false;
      }
    }
  }

  /** Returns the provider of Galera. */
  static Optional<Path> galeraLibrary() {
    return Stream.of("/usr/lib/galera", "/usr/lib/galera-4", "/usr/lib64/galera-4")
        .map(folder -> Path.of(folder, "libgalera_smm.so"))
        .filter(Files::exists)
        .findFirst();
  }

  /**
   * Returns the folder with the programs of PostgreSQL. Debian does not put it on the PATH, and installs several versions side by side;
   * then it is that of the newest server.
   */
  static Optional<Path> postgreSqlPrograms() {
    Stream<Path> onDebian = IntStream.iterate(40, version -> version >= 14, version -> version - 1)
        .mapToObj(version -> Path.of("/usr/lib/postgresql", String.valueOf(version), "bin"))
        .filter(folder -> Files.isExecutable(folder.resolve("initdb"))); // a client has none
    Stream<Path> elsewhere = Programs.find("initdb").map(Path::getParent).stream();
    return Stream.concat(onDebian, elsewhere).findFirst();
  }
}
