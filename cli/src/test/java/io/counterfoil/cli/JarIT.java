package io.counterfoil.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.jar.JarFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Runs the jar. */
class JarIT {
  @TempDir
  Path folder;

  private final ChildProcess jar =
      ChildProcess.ofJar(Map.of("PEPPER", "MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY="));

  @ParameterizedTest
  @EnumSource(names = {"SQLITE", "POSTGRESQL"})
  void the_jar_has_drivers_and_works(TestDatabase database) throws Exception {
    Workplace tool = new Workplace(folder);
    tool.write(
        "spring.datasource.url=" + database.newUrl(folder),
        "counterfoil.peppers[0].name=p",
        "counterfoil.peppers[0].secret=${PEPPER}");
    assertThat(jar.run(tool, "", "migrate").done().out()).startsWith("created: ");
    String plaintext = jar.run(tool, "", "create", "deploy", "--owner=ann").plaintext();
    assertThat(jar.run(tool, plaintext + '\n', "identify").done().out()).contains("  deploy  ");
    try (XuiDatabase xui = XuiDatabase.old(folder).token("a", 1, 1_736_000_000)) {
      assertThat(
              jar.run(tool, "", "import", "3x-ui", xui.file.toString()).done().out())
          .endsWith("tokens: 1, imported: 1, already there: 0, rejected: 0\n");
    }
    assertThat(jar.run(tool, "", "disable", "--all").done().out())
        .isEqualTo("disabled: 2 tokens\n");
    assertThat(jar.run(tool, "", "check").done().out()).contains("ok: ");
    assertThat(jar.run(tool, "", "delete", "77").code()).isEqualTo(1);
  }

  @Test
  void another_driver_is_loaded_from_a_jar() throws Exception {
    Workplace tool = new Workplace(folder);
    tool.write("spring.datasource.url=" + TestDatabase.H2.newUrl(folder));
    jar.run(tool, "", "migrate")
        .invalid("spring.datasource.url: no driver for jdbc:h2: (expected:"
            + " jdbc:postgresql: or jdbc:sqlite:, whose drivers are in this jar, or the driver of the"
            + " application with --drivers=FILE)");
    String drivers = "--drivers=" + System.getProperty("h2.jar");
    assertThat(jar.run(tool, "", "migrate", drivers).done().out()).startsWith("created: ");
    jar.run(tool, "", "create", "a", drivers).plaintext();
    assertThat(jar.run(tool, "", "list", drivers).done().out()).contains("  a     enabled  ");
  }

  @Test
  void the_jar_has_the_licences_of_its_parts() throws Exception {
    try (JarFile file = new JarFile(System.getProperty("cli.jar"))) {
      String own = text(file, "META-INF/LICENSE");
      assertThat(own).startsWith(Files.readString(Path.of("../LICENSE")));
      assertThat(own).contains("PostgreSQL Global Development Group");
      assertThat(text(file, "META-INF/LICENSE.txt")).contains("QOS.ch");
      assertThat(text(file, "META-INF/maven/org.xerial/sqlite-jdbc/LICENSE.zentus"))
          .contains("David Crawshaw");
    }
  }

  private static String text(JarFile file, String name) throws Exception {
    try (InputStream in = file.getInputStream(file.getJarEntry(name))) {
      return new String(in.readAllBytes(), UTF_8);
    }
  }

  @Test
  void version_and_help_need_no_properties() throws Exception {
    Workplace tool = new Workplace(folder);
    assertThat(jar.run(tool, "", "list", "--help", "--config=none").done().out())
        .startsWith("Usage: counterfoil list ");
  }
}
