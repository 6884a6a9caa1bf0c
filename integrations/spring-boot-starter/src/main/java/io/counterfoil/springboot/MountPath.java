package io.counterfoil.springboot;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Checks the path at which a servlet is mounted. */
final class MountPath {
  private static final Pattern PATH = Pattern.compile("(/[A-Za-z0-9._~-]+)+");

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
