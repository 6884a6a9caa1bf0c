package io.counterfoil;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Checks that misuse of the API does not compile. Each program in {@code src/test/resources/misuse} marks the wrong
 * line with the error code that javac reports for it. One correct program has no mark.
 */
class MisuseTest {
  private static final Path PROGRAMS = Path.of("src", "test", "resources", "misuse");
  private static final Pattern EXPECTED = Pattern.compile("// error: (\\S+)$");

  @TempDir
  Path classes;

  static Stream<Path> programs() throws IOException {
    try (Stream<Path> files = Files.list(PROGRAMS)) {
      return files.sorted().toList().stream();
    }
  }

  @ParameterizedTest // C7, E2, M2
  @MethodSource("programs")
  void misuse_does_not_compile(Path program) throws IOException {
    List<String> lines = Files.readAllLines(program);
    assertThat(errors(program, String.join("\n", lines))).isEqualTo(expected(lines));
  }

  @Test
  void one_program_compiles_and_all_others_do_not() throws IOException {
    List<Path> correct = new ArrayList<>();
    for (Path program : programs().toList()) {
      if (expected(Files.readAllLines(program)).isEmpty()) {
        correct.add(program.getFileName());
      }
    }
    assertThat(correct).containsExactly(Path.of("Correct.java.txt"));
    assertThat(programs()).hasSizeGreaterThan(5);
  }

  private static List<String> expected(List<String> lines) {
    List<String> expected = new ArrayList<>();
    for (int i = 0; i < lines.size(); i++) {
      Matcher error = EXPECTED.matcher(lines.get(i));
      if (error.find()) {
        expected.add("line " + (i + 1) + ": " + error.group(1));
      }
    }
    return expected;
  }

  private List<String> errors(Path program, String code) throws IOException {
    String name = program.getFileName().toString().replace(".txt", "");
    JavaFileObject source =
        new SimpleJavaFileObject(URI.create("string:///" + name), JavaFileObject.Kind.SOURCE) {
          @Override
          public CharSequence getCharContent(boolean ignoreEncodingErrors) {
            return code;
          }
        };
    List<String> options = List.of(
        "-d",
        classes.toString(),
        "-proc:none",
        "-Xdiags:verbose",
        "-cp",
        System.getProperty("java.class.path"));
    DiagnosticCollector<JavaFileObject> diagnostics = new DiagnosticCollector<>();
    JavaCompiler javac = ToolProvider.getSystemJavaCompiler();
    try (var files = javac.getStandardFileManager(diagnostics, null, UTF_8)) {
      javac.getTask(null, files, diagnostics, options, null, List.of(source)).call();
    }
    return diagnostics.getDiagnostics().stream()
        .filter(error -> error.getKind() == Diagnostic.Kind.ERROR)
        .map(error -> "line " + error.getLineNumber() + ": " + error.getCode())
        .toList();
  }
}
