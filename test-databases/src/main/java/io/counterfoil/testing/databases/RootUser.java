package io.counterfoil.testing.databases;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;

/** The root user of Linux. PostgreSQL refuses to run as root. */
final class RootUser {
  private RootUser() {}

  /** Returns whether the tests run as root, on Linux. */
  static boolean isCurrent() {
    return Platform.current().isLinux() && "0\n".equals(output("id", "-u"));
  }

  /** Returns whether user namespaces can be created. In a container with default settings, even root cannot. */
  static boolean canCreateNamespaces() {
    return !output("unshare", "-U", "id", "-u").isEmpty();
  }

  /** Returns the output of a command, or an empty string if it fails or does not exist. */
  private static String output(String... command) {
    try {
      Process process = new ProcessBuilder(command)
          .redirectError(ProcessBuilder.Redirect.DISCARD)
          .start();
      try (InputStream output = process.getInputStream()) {
        return new String(output.readAllBytes(), UTF_8);
      }
    } catch (IOException notInstalled) {
      return "";
    }
  }
}
