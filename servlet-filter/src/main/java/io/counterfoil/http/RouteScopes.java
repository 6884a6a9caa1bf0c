package io.counterfoil.http;

import static io.counterfoil.http.PathPattern.EXACT_CASE;
import static io.counterfoil.http.PathPattern.IGNORE_CASE;

import io.counterfoil.Token;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A table with the required scopes of each route of a host, for a {@link BearerAuthenticator}.
 *
 * <p>It fails closed: a request that matches no route is refused, even if its token is unrestricted. A request that is passed
 * on without a token is not compared with the routes. A token without scopes may use only the routes of {@link
 * Builder#anyToken}. A token with the scope {@code *} may use every route in the table. A token has a scope if its own scopes
 * {@linkplain io.counterfoil.KnownScopes imply} it, too.
 *
 * <p>A route is a method and a path, as in {@code GET /servers/*}. {@code *} stands for one segment. {@code /**} at the
 * end stands for the path before it and all paths below. Everything else is literal. If several routes match, the
 * narrowest one counts; the order in which they were added does not matter. If two routes overlap and neither is
 * narrower, such as {@code /a/*} and <code>/&#42;/b</code>, they cannot be in one table. A route for {@code GET} also
 * matches {@code HEAD}; every other method, {@code OPTIONS} included, needs its own route.
 *
 * <p>No route matches these paths, because a host might read them differently:
 *
 * <ul>
 *   <li>a path with a segment that is empty, {@code .}, {@code ..} or {@code *}
 *   <li>a path with a control character or one of <code>; % &#92; ? #</code>
 *   <li>a path that differs from a route only in the case of letters
 *   <li>a path that ends with a slash, unless the route does too
 * </ul>
 *
 * <p>Some hosts read paths more loosely: they trim spaces, fold characters, or cut suffixes such as {@code .json}. The
 * table of such a host must not have a wide route together with a narrower one inside it. A host that lets clients
 * override the method of a request must apply the override before the check. Immutable; safe for use by many threads.
 */
public final class RouteScopes {
  private final Map<String, List<Entry>> entries;

  private RouteScopes(Map<String, List<Entry>> entries) {
    Map<String, List<Entry>> copy = new HashMap<>();
    entries.forEach((method, list) -> copy.put(method, List.copyOf(list)));
    this.entries = Map.copyOf(copy);
  }

  private record Entry(String text, PathPattern paths, RequiredScopes required) {}

  /** Returns a builder of a table. Without routes, the table lets no request in. */
  public static Builder builder() {
    return new Builder();
  }

  /**
   * Returns the routes of a host that this table does not cover completely. A test of the host can assert that there
   * are none.
   *
   * @param routes the routes of the host's router, in the same syntax; a variable segment may be {@code *} or a name in
   *     braces, as in <code>GET /servers/{id}</code>. A route with another syntax counts as not covered
   * @return the uncovered routes, in the given order
   */
  public List<String> uncovered(Collection<String> routes) {
    return routes.stream()
        .filter(text -> Route.ofHost(text).flatMap(this::entry).isEmpty())
        .toList();
  }

  /**
   * Returns the scopes that the routes require, without {@code *}. A host whose own rules name scopes can give them to an
   * unrestricted token.
   */
  public Set<String> scopes() {
    return entries.values().stream()
        .flatMap(List::stream)
        .flatMap(entry -> entry.required.scopes().stream())
        .filter(scope -> !scope.equals(Token.UNRESTRICTED))
        .collect(Collectors.toUnmodifiableSet());
  }

  /**
   * Refuses routes that require unknown scopes. A typing error in a route would otherwise be noticed only when a token is refused.
   *
   * @param known the scopes that the manager knows; if it is empty, every scope is allowed
   */
  void requireKnown(Set<String> known) {
    List<String> unknown =
        scopes().stream().filter(scope -> !known.contains(scope)).sorted().toList();
    if (!known.isEmpty() && !unknown.isEmpty()) {
      throw new IllegalArgumentException("routes: " + String.join(" ", unknown)
          + " (expected: known scopes: " + String.join(", ", known) + ')');
    }
  }

  /** Returns the scopes that a request needs, or empty if no route matches. */
  Optional<RequiredScopes> required(String method, String path) {
    return Route.ofRequest(method, path).flatMap(this::entry).map(Entry::required);
  }

  /**
   * Returns the narrowest entry that contains a route. If an entry matches only when case is ignored, there is no
   * result: otherwise a client could avoid a narrow route by changing the case of a letter.
   */
  private Optional<Entry> entry(Route route) {
    PathPattern paths = route.paths();
    List<Entry> similar = entries.getOrDefault(route.method(), List.of()).stream()
        .filter(entry -> entry.paths.overlaps(paths, IGNORE_CASE))
        .toList();
    return similar.stream().allMatch(entry -> entry.paths.overlaps(paths, EXACT_CASE))
        ? similar.stream()
            .filter(entry -> entry.paths.contains(paths, EXACT_CASE))
            .reduce((a, b) -> a.paths.contains(b.paths, EXACT_CASE) ? b : a)
        : Optional.empty();
  }

  /** Collects the routes of a table. For use by one thread. */
  public static final class Builder {
    private final Map<String, List<Entry>> entries = new HashMap<>();

    private Builder() {}

    /**
     * Adds routes that require a token with this scope or the scope {@code *}. With {@code *} as this scope, only
     * unrestricted tokens may use the routes.
     *
     * @throws IllegalArgumentException if the scope is not a scope-token of RFC 6749 section 3.3, or if a route has the
     *     wrong syntax, is already in the table, or overlaps with a route in the table and neither is narrower
     */
    public Builder scope(String scope, String route, String... more) {
      return addAll(RequiredScopes.of(List.of(scope), true), route, more);
    }

    /**
     * Adds routes that require a token with at least one of these scopes, or the scope {@code *}.
     *
     * @throws IllegalArgumentException if there is no scope, or a scope or route is invalid, as in {@link #scope}
     */
    public Builder anyScope(Collection<String> scopes, String route, String... more) {
      return addAll(RequiredScopes.of(scopes, false), route, more);
    }

    /**
     * Adds routes that require a token with all of these scopes, or the scope {@code *}.
     *
     * @throws IllegalArgumentException if there is no scope, or a scope or route is invalid, as in {@link #scope}
     */
    public Builder allScopes(Collection<String> scopes, String route, String... more) {
      return addAll(RequiredScopes.of(scopes, true), route, more);
    }

    /**
     * Adds routes that any accepted token may use.
     *
     * @throws IllegalArgumentException if a route is invalid, as in {@link #scope}
     */
    public Builder anyToken(String route, String... more) {
      return addAll(RequiredScopes.ANY_TOKEN, route, more);
    }

    private Builder addAll(RequiredScopes required, String route, String... more) {
      add(required, route);
      for (String another : more) {
        add(required, another);
      }
      return this;
    }

    private void add(RequiredScopes required, String text) {
      Route route = Route.ofTable(text)
          .orElseThrow(() -> invalid(
              text,
              "a method in upper case, but not HEAD; one blank; a path that begins with a slash, in"
                  + " which a segment may be * and which may end with /**"));
      List<Entry> others = entries.computeIfAbsent(route.method(), method -> new ArrayList<>());
      for (Entry other : others) {
        requireOrder(text, route.paths(), other);
      }
      others.add(new Entry(text, route.paths(), required));
    }

    private static void requireOrder(String text, PathPattern paths, Entry other) {
      boolean wider = paths.contains(other.paths, EXACT_CASE);
      boolean narrower = other.paths.contains(paths, EXACT_CASE);
      if (wider && narrower) {
        throw invalid(text, "once");
      }
      if (!wider && !narrower && paths.overlaps(other.paths, IGNORE_CASE)) {
        throw invalid(text, "narrower or wider than " + other.text + ", or without overlap");
      }
    }

    private static IllegalArgumentException invalid(String text, String expected) {
      return new IllegalArgumentException("route: " + text + " (expected: " + expected + ')');
    }

    /** Builds the table. */
    public RouteScopes build() {
      return new RouteScopes(entries);
    }
  }
}
