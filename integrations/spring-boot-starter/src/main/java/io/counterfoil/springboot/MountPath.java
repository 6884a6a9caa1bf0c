package io.counterfoil.springboot;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Checks the path at which a servlet is mounted. */
final class MountPath {
  /** Segments of characters that need no encoding (RFC 3986 section 2.3), except {@code .} and {@code ..}. */
  static final String SYNTAX = "(/(?!\\.{1,2}(/|$))[A-Za-z0-9._~-]+)+";

  private static final Pattern PATH = Pattern.compile(SYNTAX);

  private MountPath() {}

  static String of(String property, @Nullable String path) {
    String given = InvalidSettingException.required(property, path);
    if (!PATH.matcher(given).matches()) {
      throw new InvalidSettingException(
          property,
          given + " (expected: a path such as /api/tokens, without a slash at its end)",
          InvalidSettingException.CORRECT);
    }
    return given;
  }
}
