package io.counterfoil.benchmarks.speed;

import io.counterfoil.benchmarks.speed.Speed.Figure;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** What the figures of one run are to be to each other. */
final class Goals {
  private Goals() {}

  /**
   * One figure as a multiple of another.
   *
   * @param what that is to be divided
   * @param by what else
   * @param bound what the multiple is to reach, or not to exceed
   * @param isLeast whether to reach it
   */
  private record Goal(String what, String by, double bound, boolean isLeast) {
    String row(List<Figure> figures) {
      double multiple = nanos(figures, what) / nanos(figures, by);
      boolean isMet = isLeast ? multiple >= bound : multiple <= bound;
      return String.format(
          Locale.ROOT,
          "| %s ÷ %s | %s %.1f | %.2f | %s |%n",
          what,
          by,
          isLeast ? "≥" : "≤",
          bound,
          multiple,
          isMet ? "met" : "missed");
    }
  }

  private static Goal atMost(double bound, String what, String by) {
    return new Goal(what, by, bound, false);
  }

  private static Goal atLeast(double bound, String what, String by) {
    return new Goal(what, by, bound, true);
  }

  private static final List<Goal> GOALS = List.of(
      atMost(2.6, "filter", "hashAlone"),
      atMost(2.0, "filterUnknown", "hashAlone"),
      atMost(2.0, "filterMalformed", "hashAlone"),
      atMost(1.5, "create", "draw"),
      atLeast(30, "springSecurity", "filter"),
      atLeast(70, "springSecurityInvalid", "filterUnknown"),
      atLeast(15, "shiro", "filter"),
      atLeast(12, "javaJwt", "filter"),
      atLeast(12, "nimbus", "filter"),
      atLeast(12, "jjwt", "filter"));

  static String table(List<Figure> figures) {
    Stream<String> rows = GOALS.stream().map(goal -> goal.row(figures));
    return "| goal | | measured | |%n|---|--:|--:|---|%n".formatted()
        + String.join("", rows.toList());
  }

  /** Of one thread, and over the usual number of tokens, which come first. */
  private static double nanos(List<Figure> figures, String name) {
    return figures.stream()
        .filter(figure -> figure.name().equals(name))
        .mapToDouble(Figure::nanos)
        .findFirst()
        .orElseThrow();
  }
}
