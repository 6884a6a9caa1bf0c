package io.counterfoil.springboot;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.boot.WebApplicationType;

/** The messages for wrong properties. */
class WrongConfigurationTest {
  private static final String CORRECT = "\n\nCorrect the value.";

  private static Arguments row(String setting, String text) {
    return Arguments.of(setting, text);
  }

  static Stream<Arguments> values() {
    return Stream.of(
        row(
            "counterfoil.prefix=Acme",
            "\"Acme\" (expected: 2 to 20 of a-z, 0-9, _; a letter first; no _ last or doubled)"),
        row(
            "counterfoil.realm=a\"b",
            "not allowed (expected: printable ASCII without quotation mark and backslash)"),
        row("counterfoil.max-lifetime=0", "0s (expected: more than zero)"),
        row("counterfoil.max-lifetime=-30m", "-30m (expected: more than zero)"),
        row("counterfoil.record-uses=2d", "2d (expected: 1s to 1d)"),
        row("counterfoil.record-uses=1ms", "1ms (expected: 1s to 1d)"),
        row("counterfoil.max-tokens-per-owner=0", "0 (expected: at least 1)"),
        row("counterfoil.notices.interval=59s", "59s (expected: 1m to 1d)"),
        row(
            "counterfoil.scopes[0].name=two words",
            "\"two words\" (expected: printable ASCII without blank, quotation mark and backslash)"),
        row(
            "counterfoil.trusted-proxies=proxy.example",
            "\"proxy.example\" (expected: an IP address, or a range such as 192.0.2.0/24 or"
                + " 2001:db8::/32 without bits beyond the prefix)"),
        row("counterfoil.cache.max-revocation-lag=2d", "2d (expected: more than zero, at most 1d)"),
        row(
            "counterfoil.jdbc.table=My-Table",
            "My-Table (expected: 1 to 40 of a-z, 0-9, _; a letter first)"),
        row(
            "counterfoil.filter.scope=two words",
            "not allowed (expected: printable ASCII without blank, quotation mark and"
                + " backslash)"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("values")
  void a_value_out_of_range_is_shown_with_its_range(String setting, String text) {
    assertThat(failureOf(setting)).isEqualTo(expected(setting, text));
  }

  static Stream<Arguments> types() {
    return Stream.of(
        row("counterfoil.max-lifetime=abc", "a duration such as 30s, 5m, 12h or 90d"),
        row("counterfoil.enabled=maybe", "true or false"),
        row("counterfoil.throttle.rejections=many", "a whole number"),
        row("counterfoil.plain-hashes-until=tomorrow", "an instant such as 2030-01-31T00:00:00Z"),
        row("counterfoil.jdbc.initialize-schema=maybe", "embedded or always or flyway or never"),
        row("counterfoil.trusted-proxies-header=via", "forwarded or x-forwarded-for"),
        row("counterfoil.management.self-service=all", "read or rotate or delete"),
        row(
            "counterfoil.checksum-keys=abc",
            "a list, whose entries have the names [0], [1] and so on"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("types")
  void a_value_of_the_wrong_type_is_not_shown(String setting, String type) {
    assertThat(failureOf(setting))
        .isEqualTo(expected(setting, "a value of the wrong type (expected: " + type + ')'));
  }

  @Test
  void of_two_properties_that_belong_together_the_wrong_one_is_named() {
    assertThat(failureOf("counterfoil.throttle.rejections=0"))
        .isEqualTo(expected(
            "counterfoil.throttle.rejections",
            "0 in 1m (expected: at least 1 in a window of 1s to 1d)"));
    assertThat(failureOf("counterfoil.throttle.window=2d", "counterfoil.throttle.rejections=5"))
        .isEqualTo(expected(
            "counterfoil.throttle.window",
            "5 in 2d (expected: at least 1 in a window of 1s to 1d)"));
    assertThat(
            failureOf("counterfoil.cache.max-entries=0", "counterfoil.cache.max-revocation-lag=5s"))
        .isEqualTo(expected("counterfoil.cache.max-entries", "0 (expected: at least 1)"));
  }

  @Test
  void a_setting_that_needs_recorded_uses_is_explained() {
    String action = "\n\nCorrect the value, or change counterfoil.record-uses.";
    assertThat(failureOf("counterfoil.max-idle=9m"))
        .isEqualTo(described(
                "counterfoil.max-idle",
                "9m (expected: at least 10m, which is 10 intervals of counterfoil.record-uses and"
                    + " the staleness bound of the store, and at most 36500d)")
            + action);
    assertThat(failureOf("counterfoil.max-idle=9d", "counterfoil.record-uses=0"))
        .isEqualTo(described("counterfoil.max-idle", "9d (expected: a manager that records uses)")
            + action);
    assertThat(failureOf("counterfoil.record-addresses=true", "counterfoil.record-uses=0"))
        .isEqualTo(described(
                "counterfoil.record-addresses", "true (expected: a manager that records uses)")
            + action);
  }

  @Test
  void a_wrong_entry_of_the_scopes_is_named() {
    assertThat(failureOf("counterfoil.scopes[0].name=a", "counterfoil.scopes[1].name=a"))
        .isEqualTo(expected(
            "counterfoil.scopes[1].name",
            "a (expected: each scope once, and not *, which is always known)"));
    assertThat(failureOf(
            "counterfoil.scopes[0].name=a",
            "counterfoil.scopes[0].implies=b",
            "counterfoil.scopes[1].name=b"))
        .isEqualTo(expected(
            "counterfoil.scopes[0].implies", "\"b\" (expected: a scope that was added before)"));
    assertThat(failureOf("counterfoil.scopes[0].description=See servers"))
        .isEqualTo("counterfoil.scopes[0].name: missing (expected: a value)\n\nSet this property.");
  }

  @Test
  void a_time_of_notices_without_a_receiver_is_explained() {
    assertThat(failureOf("counterfoil.notices.within=30d"))
        .isEqualTo(described(
                "counterfoil.notices.within",
                "nothing receives the notices about expiring tokens (expected: a bean of type"
                    + " ExpiryNotifier)")
            + "\n\nDefine the bean, or remove the property.");
  }

  @Test
  void an_unknown_property_is_named() {
    assertThat(failureOf("counterfoil.prefx=acme")).isEqualTo("""
            counterfoil.prefx: there is no such property

            Origin: "counterfoil.prefx" from property source "commandLineArgs"

            Correct the name, or remove the property.""");
  }

  @Test
  void a_missing_table_is_explained() {
    assertThat(failureOf("counterfoil.jdbc.initialize-schema=never")).isEqualTo("""
            The database cannot be used for API tokens: table counterfoil_tokens: there is no such table (fix: \
            JdbcTokenStore.createSchema, or schema-h2.sql of the jar)

            If the table is missing, set counterfoil.jdbc.initialize-schema to always, or to flyway if the application \
            uses Flyway, or let Liquibase run \
            io/counterfoil/jdbc/schema-<database>.sql from the jar of counterfoil-store-jdbc. If the table exists, \
            run the SQL above. If a setting of the database is unsafe, change it.""");
  }

  @Test
  void an_unsafe_setting_is_explained_even_if_the_table_is_to_be_created(@TempDir Path folder) {
    assertThat(failureOf(
            "counterfoil.jdbc.initialize-schema=always",
            "spring.datasource.url=jdbc:h2:async:" + folder.resolve("tokens")))
        .startsWith("The database cannot be used for API tokens: ")
        .contains("(fix: WRITE_DELAY=0 in its URL, or SET WRITE_DELAY 0)");
  }

  @Test
  void a_missing_database_is_explained() {
    assertThat(Startup.failureWithoutDatabase()).isEqualTo("""
            There is no store for API tokens, because there is no DataSource, or more than one.

            Configure a database (spring-boot-starter-jdbc, a driver and spring.datasource.url). If there are several \
            DataSources, mark one with @Primary, or define a bean of type TokenStore. To start without API tokens, set \
            counterfoil.enabled=false.""");
  }

  private static String failureOf(String... settings) {
    return Startup.failureOf(WebApplicationType.NONE, settings);
  }

  private static String expected(String setting, String text) {
    return described(setting.replaceFirst("=.*", ""), text) + CORRECT;
  }

  private static String described(String property, String text) {
    return property + ": " + text + "\n\nOrigin: \"" + property
        + "\" from property source \"commandLineArgs\"";
  }
}
