package io.counterfoil.springboot;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.logging.LogLevel;
import org.springframework.boot.logging.LoggingSystem;

/** The messages for wrong peppers and checksum keys. None contains any part of a key. */
class WrongSecretsTest {
  private static final String KEY = "a2V5IG9mIDMyIGJ5dGVzIGZvciB0aGUgdGVzdHMgPSA9";
  private static final String OTHER = "b3RoZXIga2V5IG9mIDMyIGJ5dGVzIGZvciB0ZXN0cyA9";
  private static final String SHORT = "c2hvcnRLZXk=";
  private static final String HASH =
      "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08";
  private static final String NAME = "counterfoil.peppers[0].name=p1";
  private static final String SECRET = "counterfoil.peppers[0].secret=" + KEY;
  private static final String BASE64 =
      "(expected: at least 32 random bytes in Base64, as `openssl rand -base64 32` prints them)";

  private static Arguments row(String text, String... settings) {
    return Arguments.of(text, List.of(settings));
  }

  static Stream<Arguments> keys() {
    return Stream.of(
        row("counterfoil.peppers[0]: neither secret nor secret-file (expected: one of them)", NAME),
        row(
            "counterfoil.peppers[0]: both secret and secret-file (expected: one of them)",
            NAME,
            SECRET,
            "counterfoil.peppers[0].secret-file=/run/secrets/pepper"),
        row(
            "counterfoil.peppers[0].secret: not Base64 " + BASE64,
            NAME,
            "counterfoil.peppers[0].secret=" + KEY + "_"),
        row(
            "counterfoil.peppers[0].secret: 8 bytes " + BASE64,
            NAME,
            "counterfoil.peppers[0].secret=" + SHORT),
        row(
            "counterfoil.peppers[0].secret-file: NoSuchFileException"
                + " (expected: the path of a readable file)",
            NAME,
            "counterfoil.peppers[0].secret-file=" + KEY),
        row("counterfoil.peppers[0].name: missing (expected: a value)", SECRET),
        row(
            "counterfoil.peppers[0].name: a name of 44 characters (expected: 1 to 32 of a-z, 0-9,"
                + " '.', '_', '-')",
            "counterfoil.peppers[0].name=" + KEY,
            SECRET),
        row(
            "counterfoil.peppers[0].name: a name of 2 characters (expected: 1 to 32 of a-z, 0-9,"
                + " '.', '_', '-')",
            "counterfoil.peppers[0].name=P!",
            SECRET),
        row(
            "counterfoil.upcoming-pepper: neither secret nor secret-file (expected: one of them)",
            "counterfoil.upcoming-pepper.name=p2"),
        row(
            "counterfoil.checksum-keys[0].secret: 8 bytes " + BASE64,
            "counterfoil.checksum-keys[0].secret=" + SHORT));
  }

  static Stream<Arguments> contradictions() {
    return Stream.of(
        row(
            "counterfoil.plain-hashes-until: there is no pepper (expected: counterfoil.peppers,"
                + " too)",
            "counterfoil.plain-hashes-until=2030-01-31T00:00:00Z"),
        row(
            "counterfoil.plain-checksums-until: there is no checksum key (expected:"
                + " counterfoil.checksum-keys, too)",
            "counterfoil.plain-checksums-until=2030-01-31T00:00:00Z"),
        row(
            "counterfoil.peppers[0].until: 2030-01-31T00:00:00Z (expected: no value, because new"
                + " tokens use this pepper)",
            NAME,
            SECRET,
            "counterfoil.peppers[0].until=2030-01-31T00:00:00Z"),
        row(
            "counterfoil.peppers[1].name: another pepper has this name (expected: different"
                + " names)",
            NAME,
            SECRET,
            "counterfoil.peppers[1].name=p1",
            "counterfoil.peppers[1].secret=" + OTHER),
        row(
            "counterfoil.upcoming-pepper.name: another pepper has this name (expected: different"
                + " names)",
            NAME,
            SECRET,
            "counterfoil.upcoming-pepper.name=p1",
            "counterfoil.upcoming-pepper.secret=" + OTHER));
  }

  /** Spring Boot's own analysis would show the values. */
  static Stream<Arguments> misplaced() {
    return Stream.of(
        row(
            "counterfoil.peppers[0].secrett: there is no such property",
            NAME,
            "counterfoil.peppers[0].secrett=" + KEY),
        row(
            "counterfoil.bootstrap[0].hash: there is no such property",
            "counterfoil.bootstrap[0].hash=" + HASH),
        row(
            "counterfoil.peppers[0]: a value of the wrong type (expected: properties below this"
                + " name)",
            "counterfoil.peppers[0]=" + KEY),
        row(
            "counterfoil.peppers[0].until: a value of the wrong type (expected: an instant such as"
                + " 2030-01-31T00:00:00Z)",
            NAME,
            SECRET,
            "counterfoil.peppers[0].until=" + KEY),
        row(
            "counterfoil.checksum-keys: a value of the wrong type (expected: a list, whose entries"
                + " have the names [0], [1] and so on)",
            "counterfoil.checksum-keys=" + KEY));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource({"keys", "contradictions", "misplaced"})
  void the_property_is_named_and_no_value_is_shown(String text, List<String> settings) {
    String failure = Startup.failureOf(WebApplicationType.NONE, settings.toArray(String[]::new));
    assertThat(failure.lines().findFirst()).contains(text);
    assertThat(failure).doesNotContain(KEY, OTHER, SHORT, HASH);
  }

  @AfterEach
  void reset_the_log() {
    LoggingSystem.get(getClass().getClassLoader()).setLogLevel("ROOT", LogLevel.INFO);
  }

  @Test
  void no_level_of_the_log_shows_a_key(@TempDir Path folder) throws Exception {
    Path file = Files.writeString(folder.resolve("pepper"), OTHER);
    List<List<String>> rows = List.of(
        List.of(NAME, "counterfoil.peppers[0].secret=" + KEY + "_"),
        List.of(NAME, SECRET, "counterfoil.peppers[0].until=" + KEY),
        List.of(NAME, "counterfoil.peppers[0].secrett=" + KEY),
        List.of(NAME, "counterfoil.peppers[0].secret-file=" + file, "counterfoil.prefix=Acme"));
    for (List<String> row : rows) {
      String console = Startup.consoleOfFailure(
          WebApplicationType.NONE,
          Stream.concat(row.stream(), Stream.of("logging.level.root=trace"))
              .toArray(String[]::new));
      assertThat(console).contains("TRACE", "Description:").doesNotContain(KEY, OTHER);
    }
  }
}
