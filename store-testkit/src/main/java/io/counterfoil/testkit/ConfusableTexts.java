package io.counterfoil.testkit;

import java.util.List;

/**
 * Texts that differ in code points, and that some database, collation or careless code takes for one another.
 *
 * <p>Non-ASCII is written as escapes: an editor that normalises would make two of them the same.
 */
final class ConfusableTexts {
  static final String EMOJI = "\uD83D\uDD11";

  /** No two of them are the same text. */
  static final List<String> ALL = List.of(
      // case, with the letters that depend on a locale
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
      // width, ligatures, digits, letters of another script
      "\uff50anel",
      "\ufb01x",
      "fix",
      "x1",
      "x\uff11",
      "x\u0661",
      "x\u00b9",
      "p\u0430nel",
      // blanks at the end and elsewhere
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
      // what ends, starts, breaks or marks a text elsewhere
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
      // what a collation passes over
      "pan\u200bel",
      "pan\u200del",
      "pan\u00adel",
      "pan-el",
      "pan.el",
      // what SQL, LIKE, regular expressions and compound texts could read as their own
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
