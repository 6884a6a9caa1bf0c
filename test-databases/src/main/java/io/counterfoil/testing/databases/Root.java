package io.counterfoil.testing.databases;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;

/** The user as whom PostgreSQL refuses to run. */
final class Root {
  private Root() {}

  /** Says whether that is who runs this, on Linux. */
  static boolean isHere() {
    return System.getProperty("os.name").equals("Linux") && "0\n".equals(output("id", "-u"));
  }

  /** Says whether user namespaces may be made. In a container with default settings not even root may. */
  static boolean mayMakeNamespaces() {
    return !output("unshare", "-U", "id", "-u").isEmpty();
  }

  /** Returns what a command prints, nothing if it fails or is not there. */
  private static String output(String... command) {
    try {
      Process process = new ProcessBuilder(command)
          .redirectError(ProcessBuilder.Redirect.DISCARD)
          .start();
      try (InputStream output = process.getInputStream()) {
        return new String(output.readAllBytes(), UTF_8);
      }
    } catch (IOException notThere) {
      return "";
    }
  }
}
