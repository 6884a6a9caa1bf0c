package io.counterfoil.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The exit code and the output of a run of the tool. */
record CliRun(int code, String out, String err) {
  /** A hash, a plaintext or a large part of one. */
  private static final Pattern SECRET = Pattern.compile("[0-9A-Fa-f]{32}|[0-9A-Za-z]{40}");

  /** Asserts in every test that no secret is on standard error, and that no stack trace is printed. */
  CliRun {
    assertThat(err).doesNotContainPattern(SECRET).doesNotContain("\tat ", "Exception");
  }

  CliRun done() {
    assertThat(this.code).as(err).isZero();
    return this;
  }

  CliRun refused() {
    assertThat(this.code).as(err).isEqualTo(1);
    return this;
  }

  /** Asserts that the arguments or properties were refused with one line. */
  CliRun invalid(String message) {
    assertThat(this).isEqualTo(new CliRun(2, "", "counterfoil: " + message + '\n'));
    return this;
  }

  /** Returns the plaintext, which must be the only text on standard output. */
  String plaintext() {
    assertThat(done().out()).matches("[a-z0-9_]+_[0-9A-Za-z]{49}\n");
    return out.strip();
  }

  /** Returns the rows of an import with this outcome, such as "line 2". */
  Set<String> rows(String outcome) {
    return out.lines()
        .filter(line -> line.startsWith(outcome + ": "))
        .map(line -> line.substring(outcome.length() + 2).split(" \"|:", 2)[0])
        .collect(Collectors.toSet());
  }
}
