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

/** M1, D2, N2: the law of the table, against a matcher of regular expressions. */
class RouteScopesFuzzTest {
  private static final String ANY_TOKEN = "";

  /** What another reader might read in another way. */
  private static final String AMBIGUOUS =
      ".*[;%\\\\?#\\ufffd\\x00-\\x1f\\x7f-\\x9f].*|.*/(\\.{1,2}|\\*)(/.*)?|.*//.*|(?!/).*";

  /** A table as the model sees it: the scope of each row by its text. */
  private record Table(Map<String, String> rows, RouteScopes scopes) {

    static Table of(Map<String, String> wanted) {
      RouteScopes.Builder builder = RouteScopes.builder();
      Map<String, String> taken = new TreeMap<>();
      wanted.forEach((row, scope) -> {
        try {
          if (scope.equals(ANY_TOKEN)) {
            builder.anyToken(row);
          } else {
            builder.scope(scope, row);
          }
          taken.put(row, scope);
        } catch (IllegalArgumentException overlapping) {
          // leaves the table as it was
        }
      });
      return new Table(taken, builder.build());
    }

    /** What a literal is to {@code *}, and that to {@code **}, its text is to theirs once a tilde stands before stars. */
    Optional<String> scope(String method, String path) {
      String asked = (method.equals("HEAD") ? "GET" : method) + ' ' + path;
      if (path.matches("(?s)" + AMBIGUOUS)) {
        return Optional.empty();
      }
      return rows.keySet().stream()
          .filter(row -> asked.matches("(?iu)" + regex(row)))
          .min(Comparator.comparing(row -> row.replace("**", "~~").replace('*', '~')))
          .filter(row -> asked.matches(regex(row)))
          .map(rows::get);
    }

    private static String regex(String row) {
      return row.equals("GET /**") || row.equals("PUT /**")
          ? row.substring(0, 5) + "([^/]+(/[^/]+)*)?"
          : row.replace(".", "\\.")
              .replace("/**", "(/[^/]+)~")
              .replace("*", "[^/]+")
              .replace('~', '*');
    }
  }

  @Property
  void no_request_passes_without_the_scope_of_its_row(
      @ForAll("tables") Table table,
      @ForAll("methods") String method,
      @ForAll("paths") String path,
      @ForAll("scopes") Set<String> held) {
    ApiFixture fixture = new ApiFixture();
    Verdict.Accepted accepted =
        fixture.accepted(NewToken.named("bearer").scopes(held.toArray(String[]::new)));
    BearerAuthenticator bearer =
        BearerAuthenticator.builder(fixture.tokens).routes(table.scopes).build();
    Optional<String> needed = table.scope(method, path);
    Outcome outcome = bearer.check(method, path, accepted);
    boolean permitted = needed
        .filter(scope -> scope.equals(ANY_TOKEN) || held.isEmpty() || held.contains(scope))
        .isPresent();
    assertThat(outcome instanceof Granted).isEqualTo(permitted);
    if (outcome instanceof Refused refused) {
      String demand = needed.map(scope -> ", scope=\"" + scope + '"').orElse("");
      assertThat(refused.answer().status()).isEqualTo(403);
      assertThat(refused.answer().headers())
          .containsEntry(
              "WWW-Authenticate", "Bearer realm=\"api\", error=\"insufficient_scope\"" + demand);
    }
    Statistics.collect(permitted ? "passes" : needed.isPresent() ? "lacks the scope" : "no row");
  }

  @Property
  void any_text_as_path_and_method_is_covered_by_a_row_that_the_model_finds_or_by_none(
      @ForAll String path, @ForAll String method) {
    Table all = Table.of(Map.of("GET /**", "a"));
    assertThat(all.scopes.scope("GET", '/' + path)).isEqualTo(all.scope("GET", '/' + path));
    assertThat(all.scopes.scope(method, path)).isEmpty();
    assertThat(all.scopes.uncovered(List.of(path))).containsExactly(path);
  }

  @Property // the helper and the check are of one mind
  void what_a_host_is_told_is_covered_is_covered(
      @ForAll("tables") Table table, @ForAll("rows") String route) {
    String path = route.substring(4).replace("/**", "/zz/zz").replace("*", "zz");
    boolean covered = table.scopes.uncovered(List.of(route)).isEmpty();
    if (covered) {
      assertThat(table.scopes.scope(route.substring(0, 3), path)).isPresent();
    }
    Statistics.collect(covered);
  }

  @Provide
  Arbitrary<Table> tables() {
    return Arbitraries.maps(rows(), Arbitraries.of("a", "b", "c", ANY_TOKEN))
        .ofMinSize(1)
        .ofMaxSize(8)
        .map(Table::of);
  }

  @Provide
  Arbitrary<String> rows() {
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
    return Arbitraries.of("a", "b", "d").set().ofMaxSize(2);
  }
}
