package io.counterfoil;

import java.util.OptionalInt;

/** Rules for names, owners and scopes. A valid text is kept unchanged, code point by code point. */
final class NameRules {
  static final int MAX_NAME = 64;

  /** E-mail addresses have at most 254 characters (RFC 5321), subjects of OpenID Connect at most 255. */
  static final int MAX_OWNER = 255;

  /** The user name of a token without an owner begins with this text, so the name of an owner must not. */
  private static final String RESERVED_OWNER = "token:";

  private static final int MAX_KEY = 64;

  static final int MAX_SCOPES_TEXT = 1000;
  static final int MAX_ADDRESSES_TEXT = 1000;
  static final int MAX_DESCRIPTION = 200;

  private NameRules() {}

  static String checkedName(String name) {
    String length = "1 to " + MAX_NAME;
    if (name.isEmpty()) {
      throw rejected("name", "empty", length);
    }
    String checked = checked("name", name, MAX_NAME, length);
    OptionalInt invisible =
        name.codePoints().filter(InvisibleCharacters::contains).findFirst();
    if (invisible.isPresent()) { // named, because the user cannot see it
      throw new IllegalArgumentException(
          "name: the invisible character U+%04X (expected: no zero width space or joiner, no"
                  .formatted(invisible.getAsInt())
              + " variation selector, and no blank other than a space)");
    }
    return checked;
  }

  /** An owner may contain invisible characters: the host chooses it, and it must name the same user as in the host. */
  static String checkedOwner(String owner) {
    if (owner.regionMatches(true, 0, RESERVED_OWNER, 0, RESERVED_OWNER.length())) {
      throw new IllegalArgumentException("owner: begins with " + RESERVED_OWNER
          + " (expected: an owner that does not, because this marks tokens without an owner)");
    }
    return checked("owner", owner, MAX_OWNER, "at most " + MAX_OWNER);
  }

  /** A description may contain invisible characters, such as those in emoji sequences: it identifies nothing. */
  static String checkedDescription(String description) {
    return checked("description", description, MAX_DESCRIPTION, "at most " + MAX_DESCRIPTION);
  }

  /** Converts each code point as {@link String#equalsIgnoreCase} does before it compares. */
  static String folded(String text) {
    return text.codePoints()
        .map(Character::toUpperCase)
        .map(Character::toLowerCase)
        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
        .toString();
  }

  /** RFC 6749 section 3.3: {@code scope-token = 1*( %x21 / %x23-5B / %x5D-7E )}. */
  static String checkedScope(String scope) {
    if (scope.isEmpty()
        || !scope.chars().allMatch(c -> c > ' ' && c < 0x7f && c != '"' && c != '\\')) {
      throw new IllegalArgumentException("scope: " + LogSanitizer.quote(scope)
          + " (expected: printable ASCII without blank, quotation mark and backslash)");
    }
    return scope;
  }

  /** A key of an operation that is made once. Without capital letters and spaces, every database compares it exactly. */
  static String checkedKey(String what, String key) {
    if (key.isEmpty()
        || key.length() > MAX_KEY
        || !key.chars().allMatch(NameRules::isKeyCharacter)) {
      throw new IllegalArgumentException(what + ": " + LogSanitizer.quote(key) + " (expected: 1 to "
          + MAX_KEY + " of a-z, 0-9, '.', '_', '-')");
    }
    return key;
  }

  private static boolean isKeyCharacter(int c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || "._-".indexOf(c) >= 0;
  }

  /** Rejects a text that no store can keep, and that some stores would confuse with another text. */
  static String checkedQuery(String what, String text) {
    if (text.indexOf('\0') >= 0 || text.codePoints().anyMatch(NameRules::isUnpairedSurrogate)) {
      throw new IllegalArgumentException(
          what + ": (expected: no U+0000 and no unpaired surrogate)");
    }
    return text;
  }

  private static String checked(String what, String text, int max, String length) {
    if (text.codePointCount(0, text.length()) > max) {
      throw rejected(what, "too long", length);
    }
    if (text.codePoints().anyMatch(NameRules::isUnpairedSurrogate)) {
      throw rejected(what, "an unpaired surrogate", length);
    }
    if (text.codePoints().anyMatch(NameRules::isControl)) {
      throw rejected(what, "a control, line-breaking or bidi-control character", length);
    }
    if (!text.isEmpty()
        && (isSpace(text.codePointAt(0)) || isSpace(text.codePointBefore(text.length())))) {
      throw rejected(what, "white space at an end", length);
    }
    return text;
  }

  private static IllegalArgumentException rejected(String what, String why, String length) {
    return new IllegalArgumentException(what + ": " + why + " (expected: " + length
        + " code points, no white space at either end, no control,"
        + " line-breaking or bidi-control characters, no unpaired surrogates)");
  }

  private static boolean isUnpairedSurrogate(int codePoint) {
    return Character.getType(codePoint) == Character.SURROGATE;
  }

  private static boolean isControl(int codePoint) {
    return switch (Character.getType(codePoint)) {
      case Character.CONTROL, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR -> true;
      default -> isBidiControl(codePoint);
    };
  }

  /** The Bidi_Control property of Unicode: a name must not reverse the text around it. */
  private static boolean isBidiControl(int codePoint) {
    return codePoint == 0x061c
        || codePoint == 0x200e
        || codePoint == 0x200f
        || (codePoint >= 0x202a && codePoint <= 0x202e)
        || (codePoint >= 0x2066 && codePoint <= 0x2069);
  }

  private static boolean isSpace(int codePoint) {
    return Character.isWhitespace(codePoint) || Character.isSpaceChar(codePoint);
  }
}
