package io.counterfoil.benchmarks.speed;

import static org.assertj.core.api.Assertions.assertThat;

import io.counterfoil.benchmarks.speed.Speed.Effort;
import io.counterfoil.benchmarks.speed.Speed.Figure;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Proves that it starts; what it measures here says nothing. */
class SpeedTest {

  @Test
  void every_benchmark_runs_and_has_its_row() throws Exception {
    List<Figure> figures = Speed.measure(new Effort(0, 1, 10, 100));
    assertThat(figures.stream().map(Figure::name))
        .contains(
            "hashAlone",
            "mapOfHexTexts",
            "known",
            "knownAndRecorded",
            "unknown",
            "malformed",
            "badChecksum",
            "fieldOfKnown",
            "fieldOfUnknown");
    assertThat(figures).extracting(Figure::tokens).contains("10", "100", "10000");
    assertThat(figures).extracting(Figure::threads).contains(1, 2);
    assertThat(figures).allSatisfy(figure -> assertThat(figure.nanos()).isPositive());
    assertThat(Speed.table(figures)).contains("| hashAlone |", "× D");
  }
}
