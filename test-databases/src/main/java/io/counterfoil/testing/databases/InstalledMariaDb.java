package io.counterfoil.testing.databases;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A MariaDB that is installed on this machine.
 *
 * @param installer the program that creates a data folder
 */
record InstalledMariaDb(Path baseFolder, Path server, Path installer) {

  static Optional<InstalledMariaDb> find(SearchPath path) {
    return path.find("mariadbd", "mysqld").flatMap(InstalledMariaDb::of).findFirst();
  }

  /** MySQL, whose server is also called mysqld, has no such installer. */
  private static Stream<InstalledMariaDb> of(Path server) {
    Path baseFolder = server.resolve("../..").normalize();
    return Stream.of("bin", "scripts")
        .map(baseFolder::resolve)
        .flatMap(folder ->
            Stream.of(folder.resolve("mariadb-install-db"), folder.resolve("mysql_install_db")))
        .filter(Files::isExecutable)
        .limit(1)
        .map(installer -> new InstalledMariaDb(baseFolder, server, installer));
  }
}
