package io.counterfoil.springboot;

import static org.assertj.core.api.Assertions.assertThat;

import io.counterfoil.NewToken;
import io.counterfoil.TokenManager;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import javax.sql.DataSource;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.boot.actuate.endpoint.SanitizingFunction;
import org.springframework.context.annotation.Bean;
import org.springframework.jdbc.core.JdbcTemplate;

/** The endpoints {@code counterfoil}, {@code info}, {@code metrics} and {@code prometheus} over HTTP. */
class ActuatorNoSecurityTest {
  private static final String KEY = "k".repeat(43) + '=';
  private static final String UPCOMING_KEY = "u".repeat(43) + '=';
  private static final String CHECKSUM_KEY = "C".repeat(43) + '=';
  private static final String SHA256 = "ab".repeat(32);

  /** Its function changes a value, after which Spring Boot calls no other function. */
  static class SanitizingApplication extends HelloApplication {
    @Bean
    SanitizingFunction masking() {
      return data ->
          data.getKey().equals("command.line") ? data.withValue(data.getValue() + " *") : data;
    }
  }

  private static Server server;
  private static String plaintext;

  @BeforeAll
  static void start() {
    server = Server.start(
        SanitizingApplication.class,
        "management.endpoints.web.exposure.include=*",
        "management.endpoint.env.show-values=always",
        "management.endpoint.configprops.show-values=always",
        "counterfoil.bootstrap[0].name=configured",
        "counterfoil.bootstrap[0].sha256=" + SHA256,
        "command.line=--counterfoil.bootstrap[0].sha256=" + SHA256.toUpperCase(Locale.ROOT),
        "counterfoil.filter.url-patterns=/api/*",
        "counterfoil.cache.max-revocation-lag=1d",
        "counterfoil.peppers[0].name=p1",
        "counterfoil.peppers[0].secret=" + KEY,
        "some.pepper=" + UPCOMING_KEY,
        "counterfoil.upcoming-pepper.name=p2",
        "counterfoil.upcoming-pepper.secret=${some.pepper}",
        "spring.application.json={\"counterfoil.checksum-keys[0].secret\": \""
            + CHECKSUM_KEY.replace("=", "\\u003d") + "\"}");
    TokenManager tokens = server.bean(TokenManager.class);
    plaintext = tokens.create(NewToken.named("a-name").owner("an-owner")).reveal();
    tokens.create(NewToken.named("expired").expiresIn(Duration.ofHours(1)));
    database().execute("UPDATE counterfoil_tokens SET expires_at = 1 WHERE name = 'expired'");
    tokens.disable(tokens.create(NewToken.named("disabled")).token().id());
  }

  private static JdbcTemplate database() {
    return new JdbcTemplate(server.bean(DataSource.class));
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @Test
  void the_endpoint_reports_numbers_peppers_the_cache_and_warnings() throws Exception {
    Map<String, Object> report = Json.object(server.get("/actuator/counterfoil").body());
    assertThat(report)
        .containsOnlyKeys("store", "tokens", "withoutPepper", "peppers", "cache", "warnings");
    assertThat(report).containsEntry("store", "available").containsEntry("warnings", List.of());
    assertThat(report.get("tokens"))
        .isEqualTo(Map.of("active", 2, "expiring", 0, "disabled", 1, "expired", 1));
    assertThat(report).containsEntry("withoutPepper", 1);
    assertThat(report.get("peppers")).isEqualTo(Map.of("p1", 3));
    assertThat(report.get("cache"))
        .asInstanceOf(InstanceOfAssertFactories.MAP)
        .containsOnlyKeys("entries", "hits", "misses", "evictions");
  }

  @Test
  void no_endpoint_shows_anything_of_a_token_or_a_key() throws Exception {
    assertThat(server.get("/api/hello", "Bearer " + plaintext).statusCode()).isEqualTo(200);
    List<String> hashes =
        database().queryForList("SELECT RAWTOHEX(hash) FROM counterfoil_tokens", String.class);
    assertThat(hashes).hasSize(4);
    for (String path : List.of("counterfoil", "info", "metrics", "prometheus")) {
      assertThat(server.get("/actuator/" + path).body().toLowerCase(Locale.ROOT))
          .isNotEmpty()
          .doesNotContain("a-name", "an-owner", plaintext.toLowerCase(Locale.ROOT), KEY)
          .doesNotContain(
              hashes.stream().map(hash -> hash.toLowerCase(Locale.ROOT)).toList());
    }
  }

  @Test
  void no_endpoint_shows_a_key_or_a_hash_of_the_configuration() throws Exception {
    for (String path : List.of("env", "configprops")) {
      assertThat(server.get("/actuator/" + path).body())
          .contains("counterfoil.filter", "/api/*", "configured", "p1", "p2")
          .doesNotContain(KEY, UPCOMING_KEY, CHECKSUM_KEY.replace("=", ""))
          .doesNotContainIgnoringCase(SHA256);
    }
    for (String property : List.of("some.pepper", "command.line", "spring.application.json")) {
      Map<?, ?> shown = Json.object(server.get("/actuator/env/" + property).body());
      assertThat(shown.get("property"))
          .as(property)
          .asInstanceOf(InstanceOfAssertFactories.MAP)
          .containsEntry("value", "******");
    }
  }

  @Test
  void the_endpoint_says_that_the_store_is_unavailable() throws Exception {
    database().execute("ALTER TABLE counterfoil_tokens RENAME TO away");
    HttpResponse<String> response = server.get("/actuator/counterfoil");
    database().execute("ALTER TABLE away RENAME TO counterfoil_tokens");
    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(Json.object(response.body()))
        .containsOnlyKeys("store", "cache", "warnings")
        .containsEntry("store", "unavailable");
  }

  @Test
  void the_endpoint_info_has_the_version_the_store_and_the_cache() throws Exception {
    Map<String, Object> info = Json.object(server.get("/actuator/info").body());
    assertThat(info.get("counterfoil"))
        .asInstanceOf(InstanceOfAssertFactories.MAP)
        .containsOnlyKeys("version", "stores", "cache")
        .containsEntry("stores", List.of("JdbcTokenStore"))
        .containsEntry("cache", true);
  }

  @Test
  void requests_are_counted_in_the_registries_of_spring_boot() throws Exception {
    double before = accepted();
    assertThat(server.get("/api/hello", "Bearer " + plaintext).statusCode()).isEqualTo(200);
    assertThat(accepted()).isEqualTo(before + 1);
    assertThat(server.get("/actuator/prometheus").body())
        .contains(
            "counterfoil_authentications_total{outcome=\"unavailable\",reason=\"none\"} 0",
            "counterfoil_changes_total{change=\"created\"} 4",
            "counterfoil_uses_dropped_total 0",
            "cache_size{cache=\"counterfoil\"");
  }

  private static double accepted() throws Exception {
    Map<String, Object> meter = Json.object(server
        .get("/actuator/metrics/counterfoil.authentications?tag=outcome:accepted")
        .body());
    Map<?, ?> count = (Map<?, ?>) ((List<?>) meter.get("measurements")).get(0);
    return ((Number) count.get("value")).doubleValue();
  }

  @Test
  void nothing_is_exposed_by_default() throws Exception {
    try (Server other = Server.start(HelloApplication.class)) {
      for (String path : List.of("counterfoil", "info", "metrics", "prometheus")) {
        assertThat(other.get("/actuator/" + path).statusCode()).as(path).isEqualTo(404);
      }
      assertThat(other.context().containsBean("counterfoilEndpoint")).isFalse();
    }
  }
}
