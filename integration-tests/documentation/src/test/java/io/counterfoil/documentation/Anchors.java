package io.counterfoil.documentation;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/** The anchors that GitHub gives to the headings of one page. */
final class Anchors {
  /** Ruby's \p{Word}: letters, marks, decimal digits and connector punctuation. */
  private static final Pattern REMOVED = Pattern.compile("[^\\p{L}\\p{M}\\p{Nd}\\p{Pc}\\- ]");

  private final Map<String, Integer> seen = new HashMap<>();

  /** Returns the anchor of the next heading. The second heading with the same text gets {@code -1}, and so on. */
  String of(String heading) {
    String base =
        REMOVED.matcher(heading.strip().toLowerCase(Locale.ROOT)).replaceAll("").replace(' ', '-');
    String anchor = base;
    while (seen.containsKey(anchor)) {
      anchor = base + '-' + seen.merge(base, 1, Integer::sum);
    }
    seen.put(anchor, 0);
    return anchor;
  }
}
