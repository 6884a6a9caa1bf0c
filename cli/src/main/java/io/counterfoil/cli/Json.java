package io.counterfoil.cli;

import java.util.Collection;

/**
 * An object of JSON in one line. It is in ASCII, so that neither the encoding of the terminal nor a character of a name can change
 * it.
 */
final class Json {
  private static final int FIRST_PRINTABLE = 0x20;
  private static final int FIRST_AFTER_PRINTABLE = 0x7f;

  private final StringBuilder text = new StringBuilder("{");

  Json text(String name, String value) {
    return member(name, string(value));
  }

  Json number(String name, long value) {
    return member(name, Long.toString(value));
  }

  Json flag(String name, boolean value) {
    return member(name, Boolean.toString(value));
  }

  Json texts(String name, Collection<String> values) {
    return member(name, '[' + String.join(",", values.stream().map(Json::string).toList()) + ']');
  }

  private Json member(String name, String value) {
    text.append(text.length() == 1 ? "" : ",").append(string(name)).append(':').append(value);
    return this;
  }

  private static String string(String value) {
    StringBuilder quoted = new StringBuilder("\"");
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      if (c == '"' || c == '\\') {
        quoted.append('\\').append(c);
      } else if (c >= FIRST_PRINTABLE && c < FIRST_AFTER_PRINTABLE) {
        quoted.append(c);
      } else {
        quoted.append(String.format("\\u%04x", (int) c));
      }
    }
    return quoted.append('"').toString();
  }

  @Override
  public String toString() {
    return text + "}";
  }
}
