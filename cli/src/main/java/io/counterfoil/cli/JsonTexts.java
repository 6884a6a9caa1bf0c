package io.counterfoil.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads an array of strings in JSON, as Laravel stores abilities. */
final class JsonTexts {
  /** More than the scopes of a token may have. Also limits the depth to which the pattern recurses. */
  private static final int MAX_CHARACTERS = 2000;

  private static final Pattern STRING =
      Pattern.compile("\\s*\"((?:[^\"\\\\]++|\\\\[\"\\\\/bfnrt]|\\\\u[0-9A-Fa-f]{4})*+)\"\\s*");
  private static final Pattern ESCAPE = Pattern.compile("\\\\(?:u([0-9A-Fa-f]{4})|(.))");

  private JsonTexts() {}

  static List<String> parse(String json) {
    String text = json.strip();
    if (text.length() > MAX_CHARACTERS
        || !text.startsWith("[")
        || !text.endsWith("]")
        || text.length() < 2) {
      throw invalid();
    }
    List<String> texts = new ArrayList<>();
    String rest = text.substring(1, text.length() - 1);
    if (rest.isBlank()) {
      return texts;
    }
    Matcher string = STRING.matcher(rest);
    int at = 0;
    while (string.find(at) && string.start() == at) {
      texts.add(unescaped(string.group(1)));
      if (string.end() == rest.length()) {
        return texts;
      }
      if (rest.charAt(string.end()) != ',') {
        break;
      }
      at = string.end() + 1;
    }
    throw invalid();
  }

  private static String unescaped(String text) {
    return ESCAPE
        .matcher(text)
        .replaceAll(match -> Matcher.quoteReplacement(
            match.group(1) == null
                ? control(match.group(2))
                : String.valueOf((char) Integer.parseInt(match.group(1), 16))));
  }

  private static String control(String escape) {
    return switch (escape) {
      case "b" -> "\b";
      case "f" -> "\f";
      case "n" -> "\n";
      case "r" -> "\r";
      case "t" -> "\t";
      default -> escape;
    };
  }

  private static IllegalArgumentException invalid() {
    return new IllegalArgumentException(
        "abilities: malformed (expected: an array of texts in JSON)");
  }
}
