package io.counterfoil.springboot;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.SpringApplicationAotProcessor;
import org.springframework.context.aot.AbstractAotProcessor;

/** Spring's ahead-of-time processing, as for a native image: an application starts from the generated code. */
class AheadOfTimeNoSecurityTest {
  private static final String CLASS_PATH = System.getProperty("java.class.path");
  private static final String[] SETTINGS = {
    "--server.port=0",
    "--spring.datasource.url=jdbc:h2:mem:generated;DB_CLOSE_DELAY=-1",
    "--spring.flyway.enabled=false",
    "--spring.liquibase.enabled=false",
    "--counterfoil.filter.url-patterns=/api/*",
    "--counterfoil.management.path=/tokens",
    "--counterfoil.page.path=/page",
    "--counterfoil.cache.max-revocation-lag=5s",
    "--counterfoil.peppers[0].name=p",
    "--counterfoil.peppers[0].secret=a2V5IG9mIDMyIGJ5dGVzIGZvciB0aGUgdGVzdHMgPSA9"
  };

  @TempDir
  Path folder;

  @Test
  void an_application_starts_from_generated_code() throws Exception {
    new SpringApplicationAotProcessor(GeneratedApplication.class, settings(), SETTINGS).process();
    compile();
    List<String> command = new ArrayList<>(List.of(
        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
        "-XX:TieredStopAtLevel=1",
        "-Dspring.aot.enabled=true",
        "-cp",
        folder.resolve("classes")
            + File.pathSeparator
            + folder.resolve("resources")
            + File.pathSeparator
            + CLASS_PATH,
        GeneratedApplication.class.getName()));
    command.addAll(List.of(SETTINGS));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), UTF_8);
    assertThat(output)
        .contains(
            "Starting AOT-processed GeneratedApplication",
            "without a token: 401",
            "with a token: Hello ann",
            "management: 200",
            "page: 200");
    assertThat(process.waitFor()).isZero();
  }

  private AbstractAotProcessor.Settings settings() {
    return AbstractAotProcessor.Settings.builder()
        .sourceOutput(folder.resolve("sources"))
        .resourceOutput(folder.resolve("resources"))
        .classOutput(folder.resolve("classes"))
        .groupId("application")
        .artifactId("application")
        .build();
  }

  private void compile() throws Exception {
    List<String> arguments = new ArrayList<>(List.of(
        "-nowarn",
        "-proc:none",
        "-cp",
        folder.resolve("classes") + File.pathSeparator + CLASS_PATH,
        "-d",
        folder.resolve("classes").toString()));
    try (Stream<Path> sources = Files.walk(folder.resolve("sources"))) {
      sources.map(Path::toString).filter(name -> name.endsWith(".java")).forEach(arguments::add);
    }
    int result = ToolProvider.getSystemJavaCompiler()
        .run(null, null, null, arguments.toArray(String[]::new));
    assertThat(result).isZero();
  }
}
