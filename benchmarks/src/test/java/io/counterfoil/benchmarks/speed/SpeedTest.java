package io.counterfoil.benchmarks.speed;

import static org.assertj.core.api.Assertions.assertThat;

import io.counterfoil.benchmarks.speed.Speed.Effort;
import io.counterfoil.benchmarks.speed.Speed.Figure;
import io.counterfoil.testing.databases.PostgreSql;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Proves that it starts; what it measures here says nothing. */
class SpeedTest {
  private static final Effort SMALLEST = new Effort(0, 1, 10, 100, 200);

  @Test
  void every_benchmark_runs_and_has_its_row() throws Exception {
    List<Figure> figures = Speed.measure(SMALLEST);
    assertThat(figures.stream().map(Figure::name))
        .contains(
            "hashAlone",
            "mapOfHexTexts",
            "known",
            "knownInCache",
            "knownAndRecorded",
            "unknown",
            "malformed",
            "badChecksum",
            "fieldOfKnown",
            "fieldOfUnknown",
            "mapOfFourLongs",
            "mapOfFourLongsUnknown",
            "draw",
            "create",
            "filter",
            "filterUnknown",
            "filterMalformed",
            "handWrittenFilter",
            "handWrittenFilterUnknown",
            "springSecurity",
            "springSecurityInvalid",
            "shiro",
            "shiroInvalid",
            "pac4j",
            "pac4jInvalid",
            "dropwizard",
            "dropwizardInvalid",
            "nimbus",
            "nimbusInvalid",
            "javaJwt",
            "javaJwtInvalid",
            "jjwt",
            "jjwtInvalid",
            "bcrypt",
            "pbkdf2");
    assertThat(figures).extracting(Figure::tokens).contains("10", "100", "200", "10000");
    assertThat(figures).extracting(Figure::threads).contains(1, 2);
    assertThat(figures).allSatisfy(figure -> assertThat(figure.nanos()).isPositive());
    assertThat(Speed.table(figures)).contains("| hashAlone |", "× D", "springSecurity ÷ filter");
  }

  @Test
  void every_way_has_its_turn_on_the_databases_that_are_there() throws Exception {
    List<InTurns.Figure> figures = InTurns.measure(SMALLEST);
    Set<String> databases =
        PostgreSql.isSwitchedOff() ? Set.of("SQLITE", "H2") : Set.of("POSTGRESQL", "SQLITE", "H2");
    assertThat(figures).extracting(InTurns.Figure::name).containsAll(OnDatabases.Verdicts.NAMES);
    assertThat(figures).extracting(InTurns.Figure::database).hasSameElementsAs(databases);
    if (databases.contains("POSTGRESQL")) {
      assertThat(figures).extracting(InTurns.Figure::name).containsAll(OnDatabases.Uses.NAMES);
      assertThat(figures).extracting(InTurns.Figure::threads).contains(1, 8);
    }
    assertThat(figures).allSatisfy(figure -> assertThat(figure.nanos()).isPositive());
    assertThat(InTurns.table(figures)).contains("| bareSelect |", "| verdict |");
  }

  @Test
  void every_object_that_a_token_takes_is_counted() throws Exception {
    assertThat(Heap.table(10_000))
        .containsPattern("`io.counterfoil.TokenHash` \\| 1.00 \\| 48.0 \\|")
        .containsPattern("all above its strings \\| \\| [1-9][0-9]+\\.[0-9]");
  }
}
