package io.counterfoil.testing.databases;

import java.util.Set;

/** An operating system and a processor architecture, as the system properties {@code os.name} and {@code os.arch} name them. */
record Platform(String os, String arch) {

  static Platform current() {
    return new Platform(System.getProperty("os.name"), System.getProperty("os.arch"));
  }

  boolean isLinux() {
    return os.equals("Linux");
  }

  /** Returns whether this module's POM includes the binaries of MariaDB for this platform. */
  boolean hasBundledMariaDb() {
    return isLinux() && arch.equals("amd64");
  }

  /** Returns whether this module's POM includes the binaries of PostgreSQL for this platform. */
  boolean hasBundledPostgreSql() {
    if (os.startsWith("Windows")) {
      return arch.equals("amd64");
    }
    return (isLinux() || os.startsWith("Mac"))
        && Set.of("amd64", "x86_64", "aarch64").contains(arch);
  }

  @Override
  public String toString() {
    return os + " on " + arch;
  }
}
