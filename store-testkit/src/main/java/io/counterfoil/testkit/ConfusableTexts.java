package io.counterfoil.testkit;

import java.util.List;

/**
 * Texts that differ in their code points, but that some database, collation or careless code treats as equal.
 *
 * <p>Non-ASCII characters are escaped, because an editor that normalises text would make some of them equal.
 */
final class ConfusableTexts {
  static final String EMOJI = "\uD83D\uDD11";

  /** All of these texts. No two of them are equal. */
  static final List<String> ALL = List.of(
      // case, including letters whose case depends on the locale
      "panel",
      "Panel",
      "PANEL",
      "i",
      "I",
      "\u0130",
      "\u0131",
      "i\u0307",
      "\u03c3",
      "\u03c2",
      "\u03a3",
      "stra\u00dfe",
      "strasse",
      "stra\u1e9ee",
      // accents, precomposed and combining
      "cafe",
      "caf\u00e9",
      "cafe\u0301",
      "\u00e5",
      "\u212b",
      // width, ligatures, digits, letters of other scripts
      "\uff50anel",
      "\ufb01x",
      "fix",
      "x1",
      "x\uff11",
      "x\u0661",
      "x\u00b9",
      "p\u0430nel",
      // spaces at the end and elsewhere
      " ",
      "  ",
      "panel ",
      "panel  ",
      " panel",
      "pan el",
      "pan\u00a0el",
      "pan\u2003el",
      "panel\t",
      "panel\n",
      "\npanel",
      "\n",
      "\r\n",
      "pan\nel",
      "pan\rel",
      "pan\r\nel",
      // control characters, line breaks, byte order marks, noncharacters
      "\u0001",
      "pan\u0001el",
      "pan\u001bel",
      "pan\u007fel",
      "pan\u0085el",
      "panel\u0085",
      "\ufeff",
      "\ufeffpanel",
      "panel\ufeff",
      "\uffff",
      "panel\uffff",
      "\uDBFF\uDFFF",
      "panel\uDBFF\uDFFF",
      // characters that a collation ignores
      "pan\u200bel",
      "pan\u200del",
      "pan\u00adel",
      "pan-el",
      "pan.el",
      // syntax of SQL, LIKE, regular expressions and templates
      "%",
      "_",
      "pane_",
      "pane%",
      "*",
      ".*",
      "'",
      "''",
      "\"",
      "\"\"",
      "`",
      "\\",
      "\\\\",
      "pan\\el",
      "\\n",
      "'; DROP TABLE counterfoil_tokens; --",
      "?",
      ":name",
      "${name}",
      "{}",
      "null",
      "NULL",
      "0",
      "00",
      "0.0",
      "&amp;",
      "&",
      // four bytes in UTF-8
      EMOJI,
      EMOJI + EMOJI,
      "\uD83D\uDD10",
      "\uD83D\uDC68\u200D\uD83D\uDCBB",
      "\uD835\uDCB3",
      "\uD83D\uDD11\uFE0F");

  private ConfusableTexts() {}
}
