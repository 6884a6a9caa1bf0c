package io.counterfoil.springboot;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.util.List;
import java.util.stream.Stream;
import org.springframework.boot.Banner;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.mock.web.MockServletContext;
import org.springframework.web.context.support.GenericWebApplicationContext;

/** Starts applications, and returns the text on the console. */
final class Startup {
  private static final String BEFORE = "Description:\n\n";
  private static final String BETWEEN = "\n\nAction:\n\n";

  private static final List<Class<?>> SOURCES = List.of(
      Contexts.DATA_SOURCE,
      CounterfoilAutoConfiguration.class,
      CounterfoilServletAutoConfiguration.class);

  private Startup() {}

  /**
   * Returns the text on the console of an application that cannot start: the description with the origin of the property, an
   * empty line, and the action. The application has no server.
   *
   * @param settings properties, each as {@code name=value}
   */
  static String failureOf(WebApplicationType type, String... settings) {
    return textIn(consoleOfFailure(type, settings));
  }

  /** Returns the same text for an application without a {@code DataSource}. */
  static String failureWithoutDatabase() {
    return textIn(consoleOf(() -> assertThatThrownBy(
        () -> start(WebApplicationType.NONE, List.of(CounterfoilAutoConfiguration.class)))));
  }

  private static String textIn(String console) {
    int start = console.indexOf(BEFORE);
    if (start < 0) {
      throw new AssertionError("without an analysis: " + console);
    }
    return console.substring(start + BEFORE.length()).strip().replace(BETWEEN, "\n\n");
  }

  /** Returns the complete text on the console of an application that cannot start. */
  static String consoleOfFailure(WebApplicationType type, String... settings) {
    return consoleOf(() -> {
      Throwable failure = catchThrowable(() -> start(type, SOURCES, settings));
      if (failure == null) {
        throw new AssertionError("it started with " + List.of(settings));
      }
    });
  }

  /** Returns the text that the action prints on the console. */
  static String consoleOf(Runnable action) {
    PrintStream console = System.out;
    ByteArrayOutputStream printed = new ByteArrayOutputStream();
    System.setOut(new PrintStream(printed, true, UTF_8));
    try {
      action.run();
    } finally {
      System.setOut(console);
    }
    return printed.toString(UTF_8).replace("\r\n", "\n");
  }

  private static void start(WebApplicationType type, List<Class<?>> sources, String... settings) {
    String[] arguments = Stream.of(settings).map(each -> "--" + each).toArray(String[]::new);
    new SpringApplicationBuilder(sources.toArray(Class[]::new))
        .web(type)
        .contextFactory(Startup::context)
        .bannerMode(Banner.Mode.OFF)
        .properties("spring.datasource.url=" + Contexts.newDatabase())
        .run(arguments)
        .close();
  }

  private static GenericApplicationContext context(WebApplicationType type) {
    return type == WebApplicationType.SERVLET
        ? new GenericWebApplicationContext(new MockServletContext())
        : new GenericApplicationContext();
  }
}
