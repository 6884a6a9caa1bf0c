package io.counterfoil.springboot;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.aot.hint.MemberCategory;
import org.springframework.aot.hint.RuntimeHints;
import org.springframework.aot.hint.TypeReference;
import org.springframework.aot.hint.predicate.RuntimeHintsPredicates;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;

/** What a native image must contain. */
class RuntimeHintsTest {
  private final RuntimeHints hints = new RuntimeHints();

  RuntimeHintsTest() {
    new CounterfoilRuntimeHints().registerHints(hints, getClass().getClassLoader());
  }

  @Test
  void every_file_of_our_jars_is_in_a_native_image() throws Exception {
    List<String> files = files();
    assertThat(files)
        .contains("io/counterfoil/http/page/index.html", "io/counterfoil/jdbc/schema-h2.sql")
        .allSatisfy(file ->
            assertThat(RuntimeHintsPredicates.resource().forResource(file)).accepts(hints));
  }

  @Test
  void the_connection_of_undertow_can_be_broken_in_a_native_image() {
    for (String type : List.of(
        "io.undertow.servlet.spec.HttpServletRequestImpl",
        "io.undertow.server.HttpServerExchange")) {
      assertThat(RuntimeHintsPredicates.reflection()
              .onType(TypeReference.of(type))
              .withMemberCategory(MemberCategory.INVOKE_PUBLIC_METHODS))
          .accepts(hints);
    }
  }

  private static List<String> files() throws IOException {
    List<String> files = new ArrayList<>();
    for (Resource resource :
        new PathMatchingResourcePatternResolver().getResources("classpath*:io/counterfoil/**")) {
      String url = resource.getURL().toString();
      if (!url.endsWith(".class") && !url.endsWith("/")) {
        files.add(url.substring(url.lastIndexOf("io/counterfoil/")));
      }
    }
    return files;
  }
}
