package io.counterfoil.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.Reader;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The texts of the management page by key. Immutable. */
final class PageTexts {
  /** What the page shows if the host supplies no texts. */
  static final String ENGLISH = "texts.properties";

  /** A key in braces: in a file of the page, it stands for a text; in a text, it stands for a value. */
  private static final Pattern PLACEHOLDER = Pattern.compile("\\{([A-Za-z0-9.-]+)}");

  /** The plural forms of all languages (CLDR). Each text with a number has the form "other". */
  private static final Pattern PLURAL = Pattern.compile("(.+)\\.(?:zero|one|two|few|many)");

  private final Map<String, String> texts;

  private PageTexts(Map<String, String> texts) {
    this.texts = texts;
  }

  static PageTexts english() {
    Properties properties = new Properties();
    try (Reader reader = new StringReader(PageFile.read(ENGLISH))) {
      properties.load(reader);
    } catch (IOException e) {
      throw new UncheckedIOException("A text cannot be read from memory", e);
    }
    Map<String, String> texts = new TreeMap<>();
    properties.stringPropertyNames().forEach(key -> texts.put(key, properties.getProperty(key)));
    return new PageTexts(texts);
  }

  /** Returns a copy in which these texts replace those with the same key. */
  PageTexts replacedBy(Map<String, String> replacements) {
    Map<String, String> all = new TreeMap<>(texts);
    replacements.forEach((key, text) -> {
      requireValues(key, text, english(key));
      all.put(key, text);
    });
    return new PageTexts(all);
  }

  /** Returns the text that a key replaces. English has only some of the plural forms. */
  private String english(String key) {
    Matcher plural = PLURAL.matcher(key);
    String english = plural.matches() ? texts.get(plural.group(1) + ".other") : texts.get(key);
    if (english == null) {
      throw new IllegalArgumentException("texts: the key " + Json.escaped(key)
          + " (expected: a key of io/counterfoil/http/page/" + ENGLISH + ')');
    }
    return english;
  }

  /** A text need not contain all values of the English text, but the page has no others. */
  private static void requireValues(String key, String text, String english) {
    Set<String> known = placeholders(english);
    for (String placeholder : placeholders(text)) {
      if (!known.contains(placeholder)) {
        String expected = known.isEmpty() ? "no value" : String.join(", ", known);
        throw new IllegalArgumentException(
            "texts: " + placeholder + " in the text of " + key + " (expected: " + expected + ')');
      }
    }
  }

  private static Set<String> placeholders(String text) {
    return PLACEHOLDER
        .matcher(text)
        .results()
        .map(MatchResult::group)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /** Returns the HTML of the page with texts and these values instead of their keys in braces. */
  String html(Map<String, String> values, String preloads) {
    Map<String, String> escaped = new HashMap<>();
    texts.forEach((key, text) -> escaped.put(key, escaped(text)));
    values.forEach((key, text) -> escaped.put(key, escaped(text)));
    escaped.put("preloads", preloads);
    return PLACEHOLDER.matcher(PageFile.html()).replaceAll(found -> {
      String text = escaped.get(found.group(1));
      if (text == null) {
        throw new IllegalStateException("The page needs a text for " + found.group());
      }
      return Matcher.quoteReplacement(text);
    });
  }

  /** Returns the module that contains the texts. */
  String script() {
    byte[] json = Json.object(object -> {
      for (Map.Entry<String, String> text : texts.entrySet()) {
        object.writeStringField(text.getKey(), text.getValue());
      }
    });
    return "export default " + new String(json, UTF_8) + ";\n";
  }

  private static String escaped(String text) {
    return text.codePoints().mapToObj(PageTexts::escaped).collect(Collectors.joining());
  }

  private static String escaped(int codePoint) {
    return switch (codePoint) {
      case '&' -> "&amp;";
      case '<' -> "&lt;";
      case '>' -> "&gt;";
      case '"' -> "&quot;";
      default -> Character.toString(codePoint);
    };
  }
}
