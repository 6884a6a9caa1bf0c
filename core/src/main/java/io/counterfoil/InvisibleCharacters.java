package io.counterfoil;

/**
 * The characters that show nothing, or look like nothing. A name that contains one could look like another name, or be blank.
 *
 * <p>These are the code points with the property Default_Ignorable_Code_Point (Unicode 17.0, DerivedCoreProperties.txt), which
 * the JDK does not know, and a few others. The property includes the joiners and variation selectors of emoji sequences.
 */
final class InvisibleCharacters {
  /** The first and the last code point of each range, in ascending order. */
  private static final int[] DEFAULT_IGNORABLE = {
    0x00ad, 0x00ad, // soft hyphen
    0x034f, 0x034f, // combining grapheme joiner
    0x061c, 0x061c, // Arabic letter mark
    0x115f, 0x1160, // Hangul fillers
    0x17b4, 0x17b5, // Khmer inherent vowels
    0x180b, 0x180f, // Mongolian variation selectors
    0x200b, 0x200f, // zero width space, joiners, direction marks
    0x202a, 0x202e, // bidi controls
    0x2060, 0x206f, // word joiner, invisible operators
    0x3164, 0x3164, // Hangul filler
    0xfe00, 0xfe0f, // variation selectors
    0xfeff, 0xfeff, // byte order mark
    0xffa0, 0xffa0, // halfwidth Hangul filler
    0xfff0, 0xfff8, // unassigned
    0x1bca0, 0x1bca3, // shorthand format controls
    0x1d173, 0x1d17a, // musical format controls
    0xe0000, 0xe0fff // tags, further variation selectors
  };

  private InvisibleCharacters() {}

  static boolean contains(int codePoint) {
    return isDefaultIgnorable(codePoint)
        || codePoint == 0x2800 // Braille pattern without dots
        || (codePoint >= 0xfff9 && codePoint <= 0xfffb) // interlinear annotation
        || codePoint == 0x1d159; // musical null notehead
  }

  static boolean isDefaultIgnorable(int codePoint) {
    for (int i = 0; i < DEFAULT_IGNORABLE.length; i += 2) {
      if (codePoint >= DEFAULT_IGNORABLE[i] && codePoint <= DEFAULT_IGNORABLE[i + 1]) {
        return true;
      }
    }
    return false;
  }
}
