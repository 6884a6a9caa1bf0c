package io.counterfoil.internal;

/** The characters that untrusted text may have in a line, because they cannot end it, move the cursor or reverse text (CWE-117). */
public final class PrintableCharacters {
  private PrintableCharacters() {}

  /** Returns whether a code point may be printed as it is. */
  public static boolean contains(int codePoint) {
    return switch (Character.getType(codePoint)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR,
          Character.SURROGATE,
          Character.PRIVATE_USE,
          Character.UNASSIGNED -> false;
      default -> true;
    };
  }

  /** Returns what is printed instead of a code point, such as <code>&#92;u{1b}</code>. */
  public static String escaped(int codePoint) {
    return String.format("\\u{%x}", codePoint);
  }
}
