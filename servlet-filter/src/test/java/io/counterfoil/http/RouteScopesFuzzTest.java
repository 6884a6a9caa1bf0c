package io.counterfoil.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.counterfoil.NewToken;
import io.counterfoil.Verdict;
import io.counterfoil.http.BearerAuthenticator.Granted;
import io.counterfoil.http.BearerAuthenticator.Outcome;
import io.counterfoil.http.BearerAuthenticator.Refused;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.statistics.Statistics;

/** M1, D2, N2: the routes, compared with a model that matches regular expressions. */
class RouteScopesFuzzTest {
  private static final String ANY_TOKEN = "";

  /** Paths that another parser may interpret differently. */
  private static final String AMBIGUOUS =
      ".*[;%\\\\?#\\ufffd\\x00-\\x1f\\x7f-\\x9f].*|.*/(\\.{1,2}|\\*)(/.*)?|.*//.*|(?!/).*";

  /** Routes in the model: the scope of each route by its text. */
  private record Model(Map<String, String> routes, RouteScopes scopes) {

    static Model of(Map<String, String> candidates) {
      RouteScopes.Builder builder = RouteScopes.builder();
      Map<String, String> kept = new TreeMap<>();
      candidates.forEach((route, scope) -> {
        try {
          if (scope.equals(ANY_TOKEN)) {
            builder.anyToken(route);
          } else {
            builder.scope(scope, route);
          }
          kept.put(route, scope);
        } catch (IllegalArgumentException overlapping) {
          // the route is left out
        }
      });
      return new Model(kept, builder.build());
    }

    /**
     * Returns the scope of the narrowest route that matches. The texts are sorted with tildes in place of stars, so
     * that a literal comes before {@code *}, and {@code *} before {@code **}.
     */
    Optional<String> scope(String method, String path) {
      String asked = (method.equals("HEAD") ? "GET" : method) + ' ' + path;
      if (path.matches("(?s)" + AMBIGUOUS)) {
        return Optional.empty();
      }
      return routes.keySet().stream()
          .filter(route -> asked.matches("(?iu)" + regex(route)))
          .min(Comparator.comparing(route -> route.replace("**", "~~").replace('*', '~')))
          .filter(route -> asked.matches(regex(route)))
          .map(routes::get);
    }

    private static String regex(String route) {
      return route.equals("GET /**") || route.equals("PUT /**")
          ? route.substring(0, 5) + "([^/]+(/[^/]+)*)?"
          : route
              .replace(".", "\\.")
              .replace("/**", "(/[^/]+)~")
              .replace("*", "[^/]+")
              .replace('~', '*');
    }
  }

  @Property
  void a_request_passes_only_with_the_scope_of_its_route(
      @ForAll("models") Model model,
      @ForAll("methods") String method,
      @ForAll("paths") String path,
      @ForAll("scopes") Set<String> held) {
    ApiFixture fixture = new ApiFixture();
    NewToken plain = NewToken.named("bearer");
    Verdict.Accepted accepted = fixture.accepted(held.isEmpty() ? plain : plain.scopes(held));
    BearerAuthenticator bearer =
        BearerAuthenticator.builder(fixture.tokens).routes(model.scopes).build();
    Optional<String> needed = model.scope(method, path);
    Outcome outcome = bearer.check(method, path, new Granted(accepted, false));
    boolean permitted = needed
        .filter(scope -> scope.equals(ANY_TOKEN) || held.contains("*") || held.contains(scope))
        .isPresent();
    assertThat(outcome instanceof Granted).isEqualTo(permitted);
    if (outcome instanceof Refused refused) {
      String demand = needed.map(scope -> ", scope=\"" + scope + '"').orElse("");
      assertThat(refused.answer().status()).isEqualTo(403);
      assertThat(refused.answer().headers())
          .containsEntry(
              "WWW-Authenticate",
              List.of("Bearer realm=\"api\", error=\"insufficient_scope\"" + demand));
    }
    Statistics.collect(permitted ? "passes" : needed.isPresent() ? "lacks the scope" : "no route");
  }

  @Property
  void any_path_and_method_match_the_route_that_the_model_finds(
      @ForAll String path, @ForAll String method) {
    Model all = Model.of(Map.of("GET /**", "a"));
    assertThat(all.scopes.required("GET", '/' + path).map(RequiredScopes::scopes))
        .isEqualTo(all.scope("GET", '/' + path).map(List::of));
    assertThat(all.scopes.required(method, path)).isEmpty();
    assertThat(all.scopes.uncovered(List.of(path))).containsExactly(path);
  }

  @Property // uncovered() and required() agree
  void a_route_reported_as_covered_is_covered(
      @ForAll("models") Model model, @ForAll("routes") String route) {
    String path = route.substring(4).replace("/**", "/zz/zz").replace("*", "zz");
    boolean covered = model.scopes.uncovered(List.of(route)).isEmpty();
    if (covered) {
      assertThat(model.scopes.required(route.substring(0, 3), path)).isPresent();
    }
    Statistics.collect(covered);
  }

  @Provide
  Arbitrary<Model> models() {
    return Arbitraries.maps(routes(), Arbitraries.of("a", "b", "c", ANY_TOKEN))
        .ofMinSize(1)
        .ofMaxSize(8)
        .map(Model::of);
  }

  @Provide
  Arbitrary<String> routes() {
    Arbitrary<String> segments = Arbitraries.of("/x", "/x", "/y", "/X", "/*", "/*", "/x.y")
        .list()
        .ofMaxSize(3)
        .map(list -> String.join("", list));
    return Combinators.combine(
            Arbitraries.of("GET ", "PUT "), segments, Arbitraries.of("", "", "/**", "/"))
        .as((method, path, end) -> method + (path.isEmpty() && end.isEmpty() ? "/" : path + end));
  }

  @Provide
  Arbitrary<String> methods() {
    return Arbitraries.frequency(
        Tuple.of(6, "GET"),
        Tuple.of(3, "HEAD"),
        Tuple.of(4, "PUT"),
        Tuple.of(1, "OPTIONS"),
        Tuple.of(1, "get"));
  }

  @Provide
  Arbitrary<String> paths() {
    Arbitrary<String> plain = Arbitraries.of("/x", "/x", "/y", "/xx", "/x.y");
    Arbitrary<String> nasty = Arbitraries.of(
        "/X", "/", "//", "/.", "/*", "/..", "/x;y", "/%78", "/x%2f", "\\", "x", "/\u0000", "/x\n",
        "/**", "/...", "/{x}", "/x?", "/x#", "/\u00e4");
    return Arbitraries.frequencyOf(Tuple.of(20, plain), Tuple.of(1, nasty))
        .list()
        .ofMaxSize(3)
        .map(list -> String.join("", list));
  }

  @Provide
  Arbitrary<Set<String>> scopes() {
    return Arbitraries.of("a", "b", "d", "*").set().ofMaxSize(2);
  }
}
