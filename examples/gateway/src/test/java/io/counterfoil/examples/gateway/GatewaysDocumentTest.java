package io.counterfoil.examples.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Checks that {@code docs/gateways.md} shows what the tests run. */
class GatewaysDocumentTest {
  private static final Path ROOT = Path.of("..", "..");
  private static final Path SOURCES = Path.of("src/main/java/io/counterfoil/examples/gateway");
  private static final Path TESTS = Path.of("src/test/java/io/counterfoil/examples/gateway");
  private static final Path INTROSPECTION = ROOT.resolve("integrations/spring-boot-starter")
      .resolve("src/test/java/io/counterfoil/springboot/IntrospectionTest.java");
  private static final Pattern BLOCK = Pattern.compile("```([a-z]+)\n(.*?)```", Pattern.DOTALL);
  private static final Pattern TEST_NAME =
      Pattern.compile("`([A-Z][A-Za-z]+Contract)\\.([a-z][A-Za-z0-9_]+)`");
  private static final Pattern LINK = Pattern.compile("]\\((?!http|#)([^)#]+)");

  private final String document = read(ROOT.resolve("docs/gateways.md"));

  @Test
  void every_sample_is_in_the_files_that_the_build_runs() {
    String java = read(SOURCES.resolve("Authenticator.java")) + read(INTROSPECTION);
    assertThat(blocks("java"))
        .hasSize(3)
        .allSatisfy(each -> assertThat(unspaced(java)).contains(each));
    assertThat(blocks("nginx"))
        .isNotEmpty()
        .allSatisfy(each -> assertThat(unspaced(read(Path.of("nginx.conf")))).contains(each));
  }

  @Test
  void every_named_test_and_every_linked_file_exists() {
    List<MatchResult> names = TEST_NAME.matcher(document).results().toList();
    assertThat(names)
        .hasSizeGreaterThan(5)
        .allSatisfy(name -> assertThat(read(TESTS.resolve(name.group(1) + ".java")))
            .contains(" " + name.group(2) + "("));
    assertThat(LINK.matcher(document).results().map(link -> link.group(1)))
        .isNotEmpty()
        .allSatisfy(link -> assertThat(ROOT.resolve("docs").resolve(link)).exists());
  }

  private List<String> blocks(String language) {
    return BLOCK
        .matcher(document)
        .results()
        .filter(block -> block.group(1).equals(language))
        .map(block -> unspaced(block.group(2)))
        .toList();
  }

  private static String unspaced(String text) {
    return text.replaceAll("\\s", "");
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
