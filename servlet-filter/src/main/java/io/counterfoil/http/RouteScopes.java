package io.counterfoil.http;

import static io.counterfoil.http.PathPattern.EXACT_CASE;
import static io.counterfoil.http.PathPattern.IGNORE_CASE;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Says which scope each route of a host takes: a table by which a {@link BearerAuthenticator} goes.
 *
 * <p>Fails closed: what no row covers is refused, to a token with all rights too. A row is a method and a path, as in {@code
 * GET /servers/*}: {@code *} stands for one segment, {@code /**} at the end for the path before it and all that lies below.
 * Everything else is literal. The row that is narrower counts, whatever the order; two of which neither is, such as {@code
 * /a/*} and <code>/&#42;/b</code>, cannot be in one table. A row for {@code GET} holds for {@code HEAD} too; every other
 * method, {@code OPTIONS} included, needs a row of its own.
 *
 * <p>No row covers a path that a host might read in another way: with a segment that is empty, {@code .}, {@code ..} or
 * {@code *}, or with a control character or one of <code>; % &#92; ? #</code>; nor one that is a row's but for the case of a
 * letter; nor one that ends in a slash, unless the row ends in one as well. A host that reads paths more freely, by trimming
 * blanks, folding characters or cutting suffixes such as {@code .json}, must not have a wide row beside a narrower one; and what
 * overrides the method of a request must do so before it is checked. Immutable; safe for use by many threads.
 */
public final class RouteScopes {
  private static final String ANY_TOKEN = "";

  private final Map<String, List<Row>> rows;

  private RouteScopes(Builder builder) {
    Map<String, List<Row>> copy = new HashMap<>();
    builder.rows.forEach((method, list) -> copy.put(method, List.copyOf(list)));
    this.rows = Map.copyOf(copy);
  }

  private record Row(String text, PathPattern paths, String scope) {}

  /** Returns a builder of a table without rows, which lets nobody in. */
  public static Builder builder() {
    return new Builder();
  }

  /**
   * Names the routes of a host that no row covers wholly; for a test of the host, which demands that there are none.
   *
   * @param routes what the host's router says it has, written as rows are; a segment that is a variable may be {@code *} or
   *     a name in braces, as in <code>GET /servers/{id}</code>. What cannot be read is covered by no row
   * @return those of them, in their order
   */
  public List<String> uncovered(Collection<String> routes) {
    return routes.stream()
        .filter(text -> Route.ofHost(text).flatMap(this::row).isEmpty())
        .toList();
  }

  /** Returns the scope that a request needs: empty text if any token will do, and nothing if no row covers it. */
  Optional<String> scope(String method, String path) {
    return Route.asked(method, path).flatMap(this::row).map(Row::scope);
  }

  /** Returns all scopes that a row may demand. */
  Set<String> scopes() {
    Set<String> scopes = new TreeSet<>();
    rows.values().forEach(list -> list.forEach(row -> scopes.add(row.scope)));
    scopes.remove(ANY_TOKEN);
    return scopes;
  }

  /** What is a row's but for the case of a letter is no other row's: else the narrower one could be spelt around. */
  private Optional<Row> row(Route route) {
    PathPattern asked = route.paths();
    List<Row> near = rows.getOrDefault(route.method(), List.of()).stream()
        .filter(row -> row.paths.overlaps(asked, IGNORE_CASE))
        .toList();
    return near.stream().allMatch(row -> row.paths.overlaps(asked, EXACT_CASE))
        ? near.stream()
            .filter(row -> row.paths.contains(asked, EXACT_CASE))
            .reduce((a, b) -> a.paths.contains(b.paths, EXACT_CASE) ? b : a)
        : Optional.empty();
  }

  /** Takes the rows of a table, before there is one. For use by one thread. */
  public static final class Builder {
    private final Map<String, List<Row>> rows = new HashMap<>();

    private Builder() {}

    /**
     * Adds rows: these routes take a token with that scope, or one without scopes, which is unrestricted.
     *
     * @throws IllegalArgumentException if the scope is not a scope-token of RFC 6749 section 3.3, or a route is not written as
     *     a row must be, is in the table already, or overlaps with one of which neither is narrower
     */
    public Builder scope(String scope, String route, String... more) {
      return add(BearerAuthenticator.Builder.checkedScope(scope), route, more);
    }

    /**
     * Adds rows: these routes take any token that is accepted.
     *
     * @throws IllegalArgumentException for what {@link #scope} refuses of a route
     */
    public Builder anyToken(String route, String... more) {
      return add(ANY_TOKEN, route, more);
    }

    private Builder add(String scope, String route, String... more) {
      add(scope, route);
      for (String another : more) {
        add(scope, another);
      }
      return this;
    }

    private void add(String scope, String text) {
      Route route = Route.ofRow(text)
          .orElseThrow(() -> refused(
              text,
              "a method in upper case, but not HEAD; one blank; a path with a slash first, and"
                  + " with * for a segment or /** at the end if wanted"));
      List<Row> others = rows.computeIfAbsent(route.method(), method -> new ArrayList<>());
      for (Row other : others) {
        requireOrder(text, route.paths(), other);
      }
      others.add(new Row(text, route.paths(), scope));
    }

    private static void requireOrder(String text, PathPattern paths, Row other) {
      boolean wider = paths.contains(other.paths, EXACT_CASE);
      boolean narrower = other.paths.contains(paths, EXACT_CASE);
      if (wider && narrower) {
        throw refused(text, "once");
      }
      if (!wider && !narrower && paths.overlaps(other.paths, IGNORE_CASE)) {
        throw refused(text, "narrower or wider than " + other.text + ", or apart from it");
      }
    }

    private static IllegalArgumentException refused(String text, String expected) {
      return new IllegalArgumentException("route: " + text + " (expected: " + expected + ')');
    }

    /** Builds the table. */
    public RouteScopes build() {
      return new RouteScopes(this);
    }
  }
}
