package io.counterfoil.documentation;

import static org.assertj.core.api.Assertions.assertThat;

import io.counterfoil.documentation.Table.Row;
import io.counterfoil.micrometer.CounterfoilMetrics;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.Tag;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The tables of meters in docs/reference.md equal the meters of a run that causes every event. */
class MetricsReferenceTest {
  private static final PrometheusMeterRegistry REGISTRY =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  /** Kept, because a registry refers to the objects that it measures only weakly. */
  private static final EveryEvent EVENTS = new EveryEvent();

  private static final CounterfoilMetrics METRICS = new CounterfoilMetrics(EVENTS.cache);

  private static final Pattern SELECTOR = Pattern.compile("([a-z_]+)(?:\\{([^}]*)})?\\[");
  private static final Pattern MATCHER = Pattern.compile("\\w+=\"[^\"]*\"");

  private final Page reference = Page.of("docs/reference.md");
  private final Problems problems = new Problems();

  @BeforeAll
  static void run() {
    METRICS.bindTo(REGISTRY);
    EVENTS.run(builder -> builder.synchronousListener(METRICS.listener()));
  }

  @Test
  void the_run_touches_every_meter() {
    assertThat(REGISTRY.getMeters())
        .isNotEmpty()
        .allSatisfy(meter -> assertThat(meter.measure().iterator().next().getValue())
            .as(meter.getId().toString())
            .isPositive());
  }

  @Test
  void every_meter_is_listed_with_its_type_tags_and_name_in_prometheus() {
    Table meters = reference.table("Metrics");
    problems.compareNames(
        meters,
        new TreeSet<>(
            REGISTRY.getMeters().stream().map(meter -> meter.getId().getName()).toList()));
    for (Row row : meters.rows()) {
      Meter.Id id = REGISTRY.get(row.text(0)).meters().iterator().next().getId();
      problems.compare(row, row.text(2), id.getType().name().toLowerCase(Locale.ROOT));
      problems.compare(row, row.code(3), id.getTags().stream().map(Tag::getKey).toList());
      String prometheus = row.text(1);
      boolean isScraped = REGISTRY
          .scrape()
          .lines()
          .anyMatch(line -> line.startsWith(prometheus + '{') || line.startsWith(prometheus + ' '));
      problems.compare(row, prometheus, isScraped ? prometheus : "a name in a scrape");
    }
    problems.assertNone();
  }

  @Test
  void every_value_of_a_tag_is_listed() {
    Map<String, Set<String>> values = new TreeMap<>();
    for (Meter meter : REGISTRY.getMeters()) {
      for (Tag tag : meter.getId().getTags()) {
        values
            .computeIfAbsent(meter.getId().getName() + ' ' + tag.getKey(), key -> new TreeSet<>())
            .add(tag.getValue());
      }
    }
    Table listed = reference.table("Values of tags");
    for (Row row : listed.rows()) {
      Set<String> expected = values.remove(row.text(0) + ' ' + row.text(1));
      problems.compare(
          row, new TreeSet<>(row.code(2)), expected == null ? "no such tag" : expected);
    }
    problems.assertNone();
    assertThat(values).isEmpty();
  }

  @Test
  void every_alert_selects_a_meter_of_a_scrape() {
    List<String> scrape = REGISTRY.scrape().lines().toList();
    Table alerts = reference.table("What to alert on");
    for (Row row : alerts.rows()) {
      MatchResult selector = SELECTOR.matcher(row.text(0)).results().findFirst().orElseThrow();
      List<String> matchers = selector.group(2) == null
          ? List.of()
          : MATCHER.matcher(selector.group(2)).results().map(MatchResult::group).toList();
      boolean isScraped = scrape.stream()
          .anyMatch(line -> line.matches(selector.group(1) + "[{ ].*")
              && matchers.stream().allMatch(line::contains));
      problems.compare(row, row.text(0), isScraped ? row.text(0) : "a meter in a scrape");
    }
    problems.assertNone();
  }

  @Test
  void every_panel_of_the_dashboard_is_listed_with_its_description() {
    JsonNode panels = JsonMapper.shared()
        .readTree(ProjectFiles.text("docs/grafana-dashboard.json"))
        .get("panels");
    Map<String, String> descriptions = new TreeMap<>();
    panels.forEach(panel ->
        descriptions.put(panel.get("title").asString(), panel.get("description").asString()));
    Table listed = reference.table("The Grafana dashboard");
    problems.compareNames(listed, descriptions.keySet());
    for (Row row : listed.rows()) {
      problems.compare(row, row.text(1), descriptions.getOrDefault(row.text(0), "no such panel"));
    }
    problems.assertNone();
  }
}
