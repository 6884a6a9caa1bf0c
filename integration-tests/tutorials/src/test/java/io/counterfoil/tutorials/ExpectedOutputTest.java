package io.counterfoil.tutorials;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ExpectedOutputTest {
  @Test
  void an_ellipsis_stands_for_any_characters_of_a_line() {
    assertThat("id 12, name a\n").matches(ExpectedOutput.pattern("id …, name …"));
    assertThat("id 12\n, name a\n").doesNotMatch(ExpectedOutput.pattern("id …, name …"));
  }

  @Test
  void a_line_with_an_ellipsis_alone_stands_for_any_lines() {
    var pattern = ExpectedOutput.pattern("first\n…\nlast\n");
    assertThat("first\nlast\n").matches(pattern);
    assertThat("first\na\nb\nlast\n").matches(pattern);
    assertThat("first\na\n").doesNotMatch(pattern);
  }

  @Test
  void everything_else_is_literal() {
    assertThat("HTTP/1.1 401\n").matches(ExpectedOutput.pattern("HTTP/1.1 401"));
    assertThat("HTTP/1.1 200\n").doesNotMatch(ExpectedOutput.pattern("HTTP/1.1 401"));
    assertThat("HTTP/101 401\n").doesNotMatch(ExpectedOutput.pattern("HTTP/1.1 401"));
  }

  @Test
  void white_space_at_the_end_of_a_line_is_ignored() {
    assertThat(ExpectedOutput.normalized("HTTP/1.1 401 \r\n\r\n{}\n\n"))
        .isEqualTo("HTTP/1.1 401\n\n{}\n");
  }
}
