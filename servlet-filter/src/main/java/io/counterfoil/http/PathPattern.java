package io.counterfoil.http;

import java.util.List;
import java.util.Optional;
import java.util.function.BiPredicate;
import java.util.stream.IntStream;

/**
 * A set of paths. The path of a request is treated as the set that contains only this path.
 *
 * @param segments the texts between slashes; {@code *} matches any text that is not empty. Only the last segment may be
 *     empty, for a path that ends with a slash
 * @param subtree whether the set also contains all paths below, except those that end with a slash
 */
record PathPattern(List<String> segments, boolean subtree) {
  static final BiPredicate<String, String> EXACT_CASE = String::equals;

  /** For hosts whose router ignores case. */
  static final BiPredicate<String, String> IGNORE_CASE = String::equalsIgnoreCase;

  private static final String ANY = "*";
  private static final String BELOW = "/**";

  /**
   * Characters that another parser might cut off, decode again, or treat as a slash. The last one replaces bytes that
   * are not valid UTF-8: another parser might read them as a slash or a dot.
   */
  private static final String AMBIGUOUS = ";%\\?#\ufffd";

  /**
   * Returns the pattern for one path, or empty if two parsers might read the path differently. A segment that is just
   * {@code *} is excluded, because it would act as a wildcard.
   */
  static Optional<PathPattern> ofPath(String path) {
    return segments(path)
        .filter(segments -> !segments.contains(ANY))
        .map(segments -> new PathPattern(segments, false));
  }

  /** Parses a pattern; returns empty if the syntax is wrong. */
  static Optional<PathPattern> parse(String text) {
    boolean subtree = text.endsWith(BELOW);
    String root = subtree ? text.substring(0, text.length() - BELOW.length()) : text;
    if (subtree && root.equals("/")) {
      return Optional.empty();
    }
    return segments(subtree && root.isEmpty() ? "/" : root)
        .filter(segments -> segments.stream().allMatch(PathPattern::isLiteralOrAny))
        .filter(segments -> !subtree || !segments.contains(""))
        .map(segments -> new PathPattern(segments, subtree));
  }

  /** Rejects braces: frameworks write variables with them, and here they would be literal text. */
  private static boolean isLiteralOrAny(String segment) {
    return segment.equals(ANY) || segment.chars().noneMatch(c -> "*{}".indexOf(c) >= 0);
  }

  private static Optional<List<String>> segments(String path) {
    if (path.equals("/")) {
      return Optional.of(List.of());
    }
    boolean legal = path.startsWith("/")
        && path.chars().noneMatch(c -> Character.isISOControl(c) || AMBIGUOUS.indexOf(c) >= 0);
    if (!legal) {
      return Optional.empty();
    }
    List<String> segments = List.of(path.substring(1).split("/", -1));
    boolean plain = segments.stream().noneMatch(s -> s.equals(".") || s.equals(".."))
        && segments.stream().limit(segments.size() - 1L).noneMatch(String::isEmpty);
    return plain ? Optional.of(segments) : Optional.empty();
  }

  /** Returns whether every path of the other pattern also belongs to this one. */
  boolean contains(PathPattern other, BiPredicate<String, String> same) {
    int size = segments.size();
    boolean fits =
        subtree ? other.segments.size() >= size : other.segments.size() == size && !other.subtree;
    return fits
        && IntStream.range(0, size)
            .allMatch(i -> contains(segments.get(i), other.segments.get(i), same))
        && other.hasNoEmptySegmentFrom(size);
  }

  private static boolean contains(String mine, String theirs, BiPredicate<String, String> same) {
    return mine.equals(ANY) ? !theirs.isEmpty() : same.test(mine, theirs);
  }

  /** Returns whether at least one path belongs to both patterns. */
  boolean overlaps(PathPattern other, BiPredicate<String, String> same) {
    int mine = segments.size();
    int theirs = other.segments.size();
    int common = Math.min(mine, theirs);
    boolean fits = mine == theirs || (mine < theirs ? subtree : other.subtree);
    return fits
        && IntStream.range(0, common)
            .allMatch(i -> contains(segments.get(i), other.segments.get(i), same)
                || contains(other.segments.get(i), segments.get(i), same))
        && hasNoEmptySegmentFrom(common)
        && other.hasNoEmptySegmentFrom(common);
  }

  private boolean hasNoEmptySegmentFrom(int index) {
    return segments.stream().skip(index).noneMatch(String::isEmpty);
  }
}
