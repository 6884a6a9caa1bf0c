package io.counterfoil.springboot;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The queries of the Grafana dashboard name only metrics and labels that a running application has. */
class DashboardNoSecurityTest {
  private static final Path DASHBOARD = Path.of("../../docs/grafana-dashboard.json");
  private static final Pattern SELECTOR = Pattern.compile("(\\w+)\\{([^}]*)}");
  private static final Pattern MATCHER = Pattern.compile("(\\w+)(=~?)\"([^\"]*)\"");
  private static final Pattern GROUPING = Pattern.compile(" by \\((\\w+)\\)");
  private static final Pattern LEGEND = Pattern.compile("\\{\\{(\\w+)}}");
  private static final Pattern METRIC = Pattern.compile("\\b(?:counterfoil|cache)_\\w+");

  /** Prometheus adds these labels when it scrapes. */
  private static final Set<String> LABELS_OF_PROMETHEUS = Set.of("job", "instance");

  @Test
  void every_metric_and_label_of_the_dashboard_is_in_a_scrape() throws Exception {
    List<String> lines = scrape();
    Map<String, Object> dashboard = Json.object(Files.readString(DASHBOARD));
    List<Map<?, ?>> queries = new ArrayList<>();
    collect(dashboard, queries);
    assertThat(queries).hasSizeGreaterThan(8);
    for (Map<?, ?> query : queries) {
      String text = (String) (query.containsKey("expr") ? query.get("expr") : query.get("query"));
      String legend = query.containsKey("expr") ? (String) query.get("legendFormat") : "";
      List<MatchResult> selectors = SELECTOR.matcher(text).results().toList();
      assertThat(selectors).as(text).hasSize((int)
          METRIC.matcher(text).results().count());
      selectors.forEach(selector -> assertIsInScrape(lines, selector, labels(text, legend)));
    }
  }

  @Test
  void every_metric_of_the_library_is_in_the_dashboard() throws Exception {
    Set<String> scraped = new TreeSet<>();
    scrape().forEach(line -> scraped.add(line.replaceFirst("[{ ].*", "")));
    scraped.removeIf(name -> !name.startsWith("counterfoil_"));
    String dashboard = Files.readString(DASHBOARD);
    assertThat(scraped).hasSize(4).allMatch(dashboard::contains);
  }

  @Test
  void the_dashboard_names_no_machine() throws Exception {
    String dashboard = Files.readString(DASHBOARD);
    assertThat(dashboard).doesNotContain("localhost", "127.0.0.1", "http:");
    assertThat(Pattern.compile("\"uid\": (?!null|\"\\$\\{datasource}\")")
            .matcher(dashboard)
            .find())
        .isFalse();
  }

  private static List<String> scrape() throws Exception {
    try (Server server = Server.start(
        HelloApplication.class,
        "management.endpoints.web.exposure.include=prometheus",
        "counterfoil.cache.max-revocation-lag=5s")) {
      return server
          .get("/actuator/prometheus")
          .body()
          .lines()
          .filter(line -> METRIC.matcher(line).lookingAt())
          .toList();
    }
  }

  /** Collects the objects of panels and variables that have a query. */
  private static void collect(Object json, List<Map<?, ?>> queries) {
    if (json instanceof Map<?, ?> object) {
      if (object.containsKey("expr") || "query".equals(object.get("type"))) {
        queries.add(object);
      }
      object.values().forEach(value -> collect(value, queries));
    } else if (json instanceof List<?> array) {
      array.forEach(value -> collect(value, queries));
    }
  }

  /** Returns the labels by which a query groups and that its legend shows. */
  private static Set<String> labels(String query, String legend) {
    Set<String> labels = new TreeSet<>();
    for (Pattern pattern : List.of(GROUPING, LEGEND)) {
      pattern.matcher(query + ' ' + legend).results().forEach(label -> labels.add(label.group(1)));
    }
    labels.removeAll(LABELS_OF_PROMETHEUS);
    return labels;
  }

  private static void assertIsInScrape(
      List<String> lines, MatchResult selector, Set<String> labels) {
    Set<String> matchers = MATCHER
        .matcher(selector.group(2))
        .results()
        .filter(matcher -> !LABELS_OF_PROMETHEUS.contains(matcher.group(1)))
        .map(MatchResult::group)
        .collect(Collectors.toCollection(TreeSet::new));
    assertThat(lines)
        .as(selector.group())
        .anyMatch(line -> line.matches(selector.group(1) + "[{ ].*")
            && matchers.stream().allMatch(line::contains)
            && labels.stream().allMatch(label -> line.contains(label + "=\"")));
  }
}
