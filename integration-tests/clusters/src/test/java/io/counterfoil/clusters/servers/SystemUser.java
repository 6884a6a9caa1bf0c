package io.counterfoil.clusters.servers;

import java.util.ArrayList;
import java.util.List;

/** The user that a server runs as. PostgreSQL refuses to run as root, so a JVM of root starts servers as another user. */
final class SystemUser {
  private static final boolean ROOT = "root".equals(System.getProperty("user.name"));

  private SystemUser() {}

  static boolean isRoot() {
    return ROOT;
  }

  /** Returns the command that runs a program as a user. Without root, the program runs as the user of this JVM. */
  static List<String> command(String user, List<String> program) {
    if (!ROOT || "root".equals(user)) {
      return program;
    }
    List<String> command = new ArrayList<>(List.of(
        Programs.path("setpriv"),
        "--reuid=" + Programs.run("id", "-u", user).strip(),
        "--regid=" + Programs.run("id", "-g", user).strip(),
        "--clear-groups"));
    command.addAll(program);
    return command;
  }
}
