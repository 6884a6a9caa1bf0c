package io.counterfoil.http;

import java.util.List;
import java.util.Optional;
import java.util.function.BiPredicate;
import java.util.stream.IntStream;

/**
 * The paths that a row of {@link RouteScopes} is for. A path that is asked for is one too, namely that of itself alone.
 *
 * @param segments what stands between slashes, where {@code *} is any text but the empty one; only the last may be empty,
 *     which is how a path that ends in a slash differs from one that does not
 * @param subtree whether what lies below belongs to it too, except what ends in a slash
 */
record PathPattern(List<String> segments, boolean subtree) {
  static final BiPredicate<String, String> EXACT_CASE = String::equals;

  /** Some hosts take these for one path. */
  static final BiPredicate<String, String> IGNORE_CASE = String::equalsIgnoreCase;

  private static final String ANY = "*";
  private static final String BELOW = "/**";

  /**
   * What another reader than ours might cut off, decode once more, or take for a slash; and what a decoder puts in the place of
   * bytes that are not UTF-8, in which another one might see a slash or a dot.
   */
  private static final String AMBIGUOUS = ";%\\?#\ufffd";

  /**
   * Returns the pattern that a path is, or empty if one reader might take it for another path than the next. A segment that is
   * just a star is not every text, but would pass for it.
   */
  static Optional<PathPattern> ofPath(String path) {
    return segments(path)
        .filter(segments -> !segments.contains(ANY))
        .map(segments -> new PathPattern(segments, false));
  }

  /** Returns the pattern that is written so, or empty if that is none. */
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

  /** Braces are how frameworks write variables: who means one must not get a segment that is spelt so. */
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

  /** Says whether each path of the other is one of this. */
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

  /** Says whether a path is one of both. */
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
