package io.counterfoil.springboot;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.WebApplicationType;

/** The messages for wrong paths in a servlet application. */
class WrongPathsNoSecurityTest {
  private static final String PATH = "counterfoil.management.path";

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/api/**",
        "api",
        "/api/",
        "*.do",
        "/",
        "/a b",
        "/api;x",
        "/servers/{id}",
        "/api/..",
        "/./api/*",
        "/api/.+",
        "/api/[a-z]+",
        "/api#/*"
      })
  void a_pattern_that_would_guard_nothing_is_refused(String pattern) {
    assertThat(failureOf("counterfoil.filter.url-patterns=" + pattern))
        .isEqualTo("""
            counterfoil.filter.url-patterns: %s (expected: /*, a path, or a path with /* at its end, such as /api/*)

            Origin: "counterfoil.filter.url-patterns" from property source "commandLineArgs"

            Correct the value. The patterns are those of the servlet specification.""".formatted(pattern));
  }

  @ParameterizedTest
  @ValueSource(strings = {"tokens", "/tokens/", "/", "/tokens/*", "/a b", "/a/..", "/./a"})
  void an_invalid_path_is_refused(String path) {
    assertThat(failureOf(PATH + '=' + path)).isEqualTo("""
            counterfoil.management.path: %s (expected: a path such as /api/tokens, without a slash at its end)

            Origin: "counterfoil.management.path" from property source "commandLineArgs"

            Correct the value.""".formatted(path));
  }

  @Test
  void the_management_api_needs_a_policy() {
    assertThat(failureOf(PATH + "=/tokens")).isEqualTo("""
            counterfoil.management.path: no policy decides which callers may manage tokens (expected: a bean of type \
            ManagementPolicy)

            Origin: "counterfoil.management.path" from property source "commandLineArgs"

            Define a bean, for example for tokens with the scope "tokens":

              @Bean
              ManagementPolicy managementPolicy() {
                return ManagementPolicy.tokensWith("tokens");
              }""");
  }

  @Test
  void the_page_needs_the_management_api() {
    assertThat(failureOf("counterfoil.page.path=/tokens")).isEqualTo("""
            counterfoil.page.path: the page has no management API to call (expected: counterfoil.management.path, too)

            Origin: "counterfoil.page.path" from property source "commandLineArgs"

            Set both properties, or none.""");
  }

  private static String failureOf(String... settings) {
    return Startup.failureOf(WebApplicationType.SERVLET, settings);
  }
}
