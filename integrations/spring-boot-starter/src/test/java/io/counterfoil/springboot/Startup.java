package io.counterfoil.springboot;

import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;

/** Starts applications that cannot start, and returns what the console shows. */
final class Startup {
  private static final String BEFORE = "Description:\n\n";

  private Startup() {}

  /** Returns the text that the person reads who starts the application: the description and the action. */
  static String failureOf(Class<?> application, WebApplicationType type, String... settings) {
    String console = consoleOf(application, type, settings);
    int start = console.indexOf(BEFORE);
    return start < 0
        ? "no failure analysis: " + console
        : console.substring(start + BEFORE.length()).strip();
  }

  /** Returns the whole console output of an application that fails to start. */
  static String consoleOf(Class<?> application, WebApplicationType type, String... settings) {
    PrintStream console = System.out;
    ByteArrayOutputStream printed = new ByteArrayOutputStream();
    System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
    try {
      Throwable failure = catchThrowable(() -> run(application, type, settings));
      if (failure == null) {
        throw new AssertionError("it started with " + List.of(settings));
      }
    } finally {
      System.setOut(console);
    }
    return printed.toString(StandardCharsets.UTF_8).replace("\r\n", "\n");
  }

  private static void run(Class<?> application, WebApplicationType type, String... settings) {
    String[] all = Stream.concat(
            Stream.of(
                "server.port=0",
                "spring.flyway.enabled=false",
                "spring.liquibase.enabled=false",
                "spring.datasource.url=" + Contexts.newDatabase()),
            Stream.of(settings))
        .map(setting -> "--" + setting)
        .toArray(String[]::new);
    new SpringApplicationBuilder(application).web(type).run(all).close();
  }
}
