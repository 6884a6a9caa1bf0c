package io.counterfoil.springboot;

import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A setting or a missing bean that prevents the start. Its message contains no secret. */
final class InvalidSettingException extends RuntimeException {
  static final String CORRECT = "Correct the value.";

  private static final long serialVersionUID = 1L;

  private final String property;
  private final String action;

  /**
   * @param property the name of the property; empty if the problem is not a property
   * @param problem the problem, and the expected value
   * @param action the next step of the person who starts the application
   */
  InvalidSettingException(String property, String problem, String action) {
    super(property.isEmpty() ? problem : property + ": " + problem);
    this.property = property;
    this.action = action;
  }

  private InvalidSettingException(String property, IllegalArgumentException cause) {
    super(property + ": " + LibraryMessage.of(String.valueOf(cause.getMessage())), cause);
    this.property = property;
    this.action = CORRECT;
  }

  /** Calls a method of the library that takes the value of a property, and names the property if the value is invalid. */
  static <T> T check(String property, Supplier<T> call) {
    try {
      return call.get();
    } catch (IllegalArgumentException invalid) {
      throw new InvalidSettingException(property, invalid);
    }
  }

  /** Returns the value of a property that is required. */
  static String required(String property, @Nullable String value) {
    if (value == null) {
      throw new InvalidSettingException(
          property, "missing (expected: a value)", "Set this property.");
    }
    return value;
  }

  /** Returns the name of the property; empty if the problem is not a property. */
  Optional<String> property() {
    return property.isEmpty() ? Optional.empty() : Optional.of(property);
  }

  String action() {
    return action;
  }
}
