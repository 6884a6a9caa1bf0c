package io.counterfoil.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.stream.Collectors;

/** The files of the management page in the jar. */
final class PageFile {
  /** The modules, except the one with the texts, which is created. */
  static final List<String> SCRIPTS = List.of(
      "page.js",
      "api.js",
      "bulk.js",
      "dialogs.js",
      "editor.js",
      "expiry.js",
      "filters.js",
      "identify.js",
      "list.js",
      "row.js",
      "scopes.js",
      "secret.js",
      "text.js",
      "view.js");

  static final String TEXTS = "texts.js";
  static final List<String> STYLES = List.of("page.css", "list.css");

  private static final String FOLDER = "page/";

  private PageFile() {}

  static String read(String name) {
    try (InputStream file = PageFile.class.getResourceAsStream(FOLDER + name)) {
      if (file == null) {
        throw new IllegalStateException("The jar does not contain " + FOLDER + name);
      }
      return new String(file.readAllBytes(), UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException("The jar cannot be read", e);
    }
  }

  /** Returns the page with texts and values as keys in braces. */
  static String html() {
    return read("index.html").replace("{dialogs}", read("dialogs.html"));
  }

  /** Returns elements that make browsers load all modules at once, not only when another module imports them. */
  static String preloads() {
    return SCRIPTS.stream().skip(1).map(PageFile::preload).collect(Collectors.joining("\n"))
        + '\n'
        + preload(TEXTS);
  }

  private static String preload(String script) {
    return "<link rel=\"modulepreload\" href=\"" + script + "\">";
  }
}
