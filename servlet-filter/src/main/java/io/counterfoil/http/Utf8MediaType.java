package io.counterfoil.http;

import org.jspecify.annotations.Nullable;

/**
 * Parses the value of a {@code Content-Type} header that must be a certain type in UTF-8 (RFC 9110 sections 5.6.6 and 8.3.1).
 *
 * <p>Takes time linear in the length of the value. A regular expression could overflow the stack here.
 */
final class Utf8MediaType {
  private final String text;
  private int at;

  private Utf8MediaType(String text) {
    this.text = text;
  }

  /** Returns whether this is {@code application/json}. Parameters are ignored, but any charset must be UTF-8. */
  static boolean isJson(String value) {
    return new Utf8MediaType(value).isApplication("json");
  }

  /** Returns whether this is the type of a form without files, like {@link #isJson}. */
  static boolean isForm(String value) {
    return new Utf8MediaType(value).isApplication("x-www-form-urlencoded");
  }

  private boolean isApplication(String subtype) {
    boolean matches =
        token().equalsIgnoreCase("application") && skip('/') && token().equalsIgnoreCase(subtype);
    while (matches) {
      skipSpace();
      if (at == text.length()) {
        return true;
      }
      matches = skip(';') && isParameter();
    }
    return false;
  }

  /** {@code OWS [ token "=" ( token / quoted-string ) ]}. The parameter may be missing. */
  private boolean isParameter() {
    skipSpace();
    String name = token();
    if (name.isEmpty()) {
      return at == text.length() || text.charAt(at) == ';';
    }
    if (!skip('=')) {
      return false;
    }
    String value = value();
    return value != null && (!name.equalsIgnoreCase("charset") || isUtf8(value));
  }

  private static boolean isUtf8(String charset) {
    return charset.equalsIgnoreCase("utf-8") || charset.equalsIgnoreCase("utf8");
  }

  /** Returns a token, or the content of a quoted-string; null if there is neither. */
  private @Nullable String value() {
    if (!skip('"')) {
      String token = token();
      return token.isEmpty() ? null : token;
    }
    StringBuilder value = new StringBuilder();
    while (!skip('"')) {
      skip('\\');
      if (at == text.length() || !isQuotable(text.charAt(at))) {
        return null;
      }
      value.append(text.charAt(at));
      at++;
    }
    return value.toString();
  }

  private static boolean isQuotable(char c) {
    return c == '\t' || (c >= ' ' && c != 0x7f);
  }

  private String token() {
    int start = at;
    while (at < text.length() && AuthorizationHeader.isTokenCharacter(text.charAt(at))) {
      at++;
    }
    return text.substring(start, at);
  }

  private boolean skip(char c) {
    boolean found = at < text.length() && text.charAt(at) == c;
    at += found ? 1 : 0;
    return found;
  }

  private void skipSpace() {
    while (skip(' ') || skip('\t')) {
      // the condition moves on
    }
  }
}
