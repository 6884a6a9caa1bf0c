package io.counterfoil.architecture;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.spi.ToolProvider;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An application with a module descriptor, compiled and run with our jars on the module path. */
class ModulePathIT {
  private static final Path SOURCES = Path.of("src/test/module").toAbsolutePath();
  private static final Pattern DEPENDENCIES = Pattern.compile(
      "(caffeine|h2|jackson-core|jakarta\\.servlet-api|jspecify|slf4j-api)-\\d.*\\.jar");

  @TempDir
  Path folder;

  @Test
  void a_modular_application_creates_and_authenticates_a_token() throws Exception {
    compile();
    assertThat(run())
        .contains(
            "cache: accepted true, granted true",
            "memory: accepted true, granted true",
            "module io.counterfoil.servlet");
  }

  private void compile() {
    StringWriter output = new StringWriter();
    PrintWriter out = new PrintWriter(output);
    int result = ToolProvider.findFirst("javac")
        .orElseThrow()
        .run(
            out,
            out,
            "--module-path",
            modulePath(),
            "-d",
            folder.toString(),
            SOURCES.resolve("module-info.java").toString(),
            SOURCES.resolve("demo/Main.java").toString());
    assertThat(result).as(output.toString()).isZero();
  }

  private String run() throws Exception {
    Process process = new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:TieredStopAtLevel=1",
            "--module-path",
            folder + File.pathSeparator + modulePath(),
            "--module",
            "demo/demo.Main")
        .redirectErrorStream(true)
        .start();
    String output = new String(process.getInputStream().readAllBytes(), UTF_8);
    assertThat(process.waitFor()).as(output).isZero();
    return output;
  }

  private static String modulePath() {
    List<String> ours =
        List.of("core", "store-memory", "store-jdbc", "store-cache", "servlet-filter");
    Stream<Path> jars = PublishedModule.ALL.stream()
        .filter(module -> ours.contains(module.artifact()))
        .map(PublishedModule::jar);
    Stream<Path> others = Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
        .map(Path::of)
        .filter(jar -> DEPENDENCIES.matcher(jar.getFileName().toString()).matches());
    return Stream.concat(jars, others)
        .map(Path::toString)
        .collect(Collectors.joining(File.pathSeparator));
  }
}
