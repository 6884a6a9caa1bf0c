package io.counterfoil.clusters.servers;

import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/** What tests need on this machine. */
public final class Requirements {
  private static final boolean REQUIRED = Boolean.getBoolean("clusters.required");

  private Requirements() {}

  /**
   * Returns the reason why tests are skipped; empty if they run.
   *
   * @throws AssertionError if something is missing and the build runs with {@code -Dclusters.required=true}
   */
  public static Optional<String> skipReason(Requirement... requirements) {
    Optional<String> reason = Stream.of(requirements)
        .map(Requirement::missing)
        .flatMap(Optional::stream)
        .findFirst();
    if (REQUIRED && reason.isPresent()) {
      throw new AssertionError(reason.get());
    }
    return reason;
  }

  /** A nested class needs what its enclosing classes need. */
  static Optional<String> skipReason(Optional<Class<?>> test) {
    return Stream.<Class<?>>iterate(test.orElse(null), Objects::nonNull, Class::getEnclosingClass)
        .map(type -> Optional.ofNullable(type.getAnnotation(RequiresPrograms.class)))
        .flatMap(Optional::stream)
        .map(annotation -> skipReason(annotation.value()))
        .flatMap(Optional::stream)
        .findFirst();
  }
}
