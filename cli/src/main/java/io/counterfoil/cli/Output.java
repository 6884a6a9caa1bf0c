package io.counterfoil.cli;

/** The form of the output. */
enum Output {
  TABLE,
  JSON;

  static Output of(String text) throws CliException {
    return switch (text) {
      case "table" -> TABLE;
      case "json" -> JSON;
      default -> throw CliException.invalid("--output: unknown form", "table or json");
    };
  }
}
