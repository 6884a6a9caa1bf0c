package io.counterfoil.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Checks that {@code docs/containers.md} shows the settings that the tests use. */
class ContainersDocumentTest {
  private static final Path TESTS = Path.of("src/test/java/io/counterfoil/servlet");
  private static final Path TOMCAT = Path.of("src/test/resources/tomcat");
  private static final Pattern BLOCK = Pattern.compile("```([a-z]+)\n(.*?)```", Pattern.DOTALL);

  private final String document = read(Path.of("..", "docs", "containers.md"));

  @Test
  void every_snippet_is_what_the_tests_run() throws IOException {
    String java;
    try (Stream<Path> files = Files.list(TESTS)) {
      java = files
          .filter(file -> file.toString().endsWith("Container.java"))
          .map(ContainersDocumentTest::read)
          .collect(Collectors.joining());
    }
    assertThat(blocks("java", java)).isEqualTo(3);
    assertThat(blocks("xml", read(TOMCAT.resolve("server.xml")))).isOne();
    assertThat(blocks("properties", read(TOMCAT.resolve("logging.properties")))).isOne();
    assertThat(BLOCK.matcher(document).results()).hasSize(5);
  }

  /** Asserts that the source contains each block of that language, and returns the number of blocks. */
  private long blocks(String language, String source) {
    List<String> blocks = BLOCK
        .matcher(document)
        .results()
        .filter(block -> block.group(1).equals(language))
        .map(block -> unspaced(block.group(2)))
        .toList();
    assertThat(blocks).allSatisfy(block -> assertThat(unspaced(source)).contains(block));
    return blocks.size();
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
