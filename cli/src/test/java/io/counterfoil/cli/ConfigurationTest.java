package io.counterfoil.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.counterfoil.NewToken;
import io.counterfoil.Pepper;
import io.counterfoil.TokenManager;
import io.counterfoil.Verdict;
import io.counterfoil.jdbc.JdbcTokenStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.Base64;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.sqlite.SQLiteDataSource;

/** The properties file. */
class ConfigurationTest {
  private static final String KEY = "MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY=";
  private static final String SECRET_EXPECTED =
      " (expected: at least 32 random bytes in Base64, as `openssl rand -base64 32` prints them)";
  private static final String UNKNOWN_EXPECTED =
      " (expected: a property of the Spring Boot starter,"
          + " or spring.datasource.url, .username, .password or .password-file)";

  @TempDir
  Path folder;

  private String url = "";

  @BeforeEach
  void chooseUrl() {
    url = "spring.datasource.url=jdbc:sqlite:" + folder.resolve("tokens.db");
  }

  @Test
  void tokens_are_like_those_of_an_application_with_the_same_properties() {
    Workplace tool = new Workplace(folder)
        .environment("PEPPER", KEY)
        .write(
            url,
            "counterfoil.prefix=acme",
            "counterfoil.jdbc.table=my_tokens",
            "counterfoil.max-lifetime=90d",
            "counterfoil.max-tokens-per-owner=2",
            "counterfoil.record-uses=0",
            "counterfoil.peppers[0].name=p2",
            "counterfoil.peppers[0].secret=${PEPPER}",
            "counterfoil.peppers[1].name=p1",
            "counterfoil.peppers[1].secret-file=" + new Workplace(folder).file("p1", KEY + '\n'),
            "counterfoil.upcoming-pepper.name=p3",
            "counterfoil.upcoming-pepper.secret=${P3:" + KEY + '}',
            "counterfoil.plain-hashes-until=2026-01-01T00:00:00Z",
            "counterfoil.checksum-keys[0].secret=${PEPPER}",
            "counterfoil.plain-checksums-until=2026-01-01T00:00:00Z",
            "counterfoil.scopes[0].name=read",
            "counterfoil.scopes[1].name=write",
            "counterfoil.scopes[1].description=May change servers",
            "counterfoil.scopes[1].implies=read",
            "counterfoil.scopes[2].name=all",
            "counterfoil.scopes[2].implies[0]=read",
            "counterfoil.scopes[2].implies[1]=write");
    assertThat(tool.run("migrate").done().out()).isEqualTo("created: table my_tokens\n");
    String plaintext =
        tool.run("create", "a", "--scope=all", "--expires-in=30d").plaintext();
    assertThat(plaintext).startsWith("acme_");
    tool.runWith(plaintext, "identify").done();
    assertThat(tool.run("create", "b", "--expires-in=91d").refused().err())
        .contains("counterfoil: expiresIn: ");
    assertThat(tool.run("create", "b", "--scope=x", "--expires-in=1d").refused().err())
        .endsWith(
            "counterfoil: scopes: one of them is not known (expected: read, write, all, *)\n");
    assertThat(tool.run("create", "a", "--expires-in=1d").refused().err()).contains("name");
    tool.run("create", "b", "--never-expires").done();
    assertThat(tool.run("create", "c", "--expires-in=1d").refused().err())
        .contains("as many tokens as allowed: 2");
    tool.write(url, "counterfoil.jdbc.table=my_tokens");
    assertThat(tool.run("check").refused().out())
        .isEqualTo("problem: 2 tokens need the pepper \"p2\", which is not in the properties"
            + " (fix: add it to counterfoil.peppers)\n");
    tool.runWith(plaintext, "identify").refused();
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', textBlock = """
      counterfoil.prefx=a | counterfoil.prefx: unknown
      counterfoil.maxLifetime=1d | counterfoil.maxLifetime: unknown
      counterfoil.peppers[1].name=a | counterfoil.peppers[1].name: unknown
      spring.datasource.usrname=a | spring.datasource.usrname: unknown
      conterfoil.prefix=a | --config: a key of 17 characters: unknown
      MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY= | --config: a key of 43 characters: unknown
      """)
  void an_unknown_key_is_refused_and_quoted_only_if_it_cannot_be_a_secret(
      String line, String message) {
    new Workplace(folder).write(url, line).run("list").invalid(message + UNKNOWN_EXPECTED);
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', textBlock = """
      counterfoil.peppers[0].name=p | counterfoil.peppers[0]: neither secret and secret-file (expected: one of them)
      counterfoil.checksum-keys[0].secret=sesame! | counterfoil.checksum-keys[0].secret: not Base64
      counterfoil.checksum-keys[0].secret=c2VzYW1l | counterfoil.checksum-keys[0].secret: 6 bytes
      counterfoil.checksum-keys[0].secret=${NONE} | counterfoil.checksum-keys[0].secret: no variable NONE in the environment (expected: its value, or ${NONE:default})
      counterfoil.checksum-keys[0].secret=${NONE:${sesame}} | counterfoil.checksum-keys[0].secret: ${ without a variable (expected: ${NAME} or ${NAME:default}, not nested)
      counterfoil.checksum-keys[0].secret=${sesame | counterfoil.checksum-keys[0].secret: ${ without a variable (expected: ${NAME} or ${NAME:default}, not nested)
      counterfoil.checksum-keys[0].secret-file=/none/sesame | counterfoil.checksum-keys[0].secret-file: cannot be read (expected: the path of a readable file of at most 64 KiB)
      counterfoil.max-lifetime=90 | counterfoil.max-lifetime: not a duration (expected: a number with a unit, such as 30s, 15m, 12h or 90d)
      counterfoil.max-tokens-per-owner=many | counterfoil.max-tokens-per-owner: not a number (expected: a whole number, at least 1)
      counterfoil.plain-hashes-until=soon | counterfoil.plain-hashes-until: not an instant (expected: a time in UTC, such as 2027-01-31T00:00:00Z)
      counterfoil.prefix=Acme | properties: prefix: "Acme" (expected: 2 to 20 of a-z, 0-9, _; a letter first; no _ last or doubled)
      counterfoil.scopes[0].name=* | counterfoil.scopes[0]: scope: * (expected: each scope once, and not *, which is always known)
      counterfoil.jdbc.table=Tokens | counterfoil.jdbc.table: table: Tokens (expected: 1 to 40 of a-z, 0-9, _; a letter first)
      """)
  void an_invalid_value_is_refused_without_quoting_a_secret(String line, String message) {
    Workplace tool = new Workplace(folder).write(url);
    tool.run("migrate").done();
    CliRun run = tool.write(url, line).run("list");
    assertThat(run.code()).isEqualTo(2);
    assertThat(run.err())
        .endsWith("counterfoil: " + message.replaceFirst("(Base64|bytes)$", "$1" + SECRET_EXPECTED)
            + '\n');
    assertThat(run.err()).doesNotContain("sesame", "c2VzYW1l");
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', textBlock = """
      ''                                     | missing (expected: the URL of the database, such as jdbc:postgresql://localhost/app)
      postgresql://ann:sesame@h/d            | not a JDBC URL (expected: the URL of the database, such as jdbc:postgresql://localhost/app)
      jdbc:postgresql://ann:sesame@h/d       | a user in it (expected: spring.datasource.username and .password)
      jdbc:postgresql://ann:sesame@h:5432/d  | a user in it (expected: spring.datasource.username and .password)
      jdbc:sqlite::memory:                   | a database in memory (expected: a database that outlives this command)
      jdbc:h2:mem:tokens                     | a database in memory (expected: a database that outlives this command)
      jdbc:oracle:thin:ann/sesame@h          | no driver for jdbc:oracle: (expected: jdbc:postgresql: or jdbc:sqlite:, whose drivers are in this jar, or the driver of the application with --drivers=FILE)
      """)
  void a_url_that_cannot_work_is_refused_without_quoting_it(String value, String message) {
    new Workplace(folder)
        .write("spring.datasource.url=" + value)
        .run("list")
        .invalid("spring.datasource.url: " + message);
  }

  @Test
  void a_database_that_cannot_be_reached_is_one_line_without_the_password() {
    CliRun run = new Workplace(folder)
        .environment("DB_PASSWORD", "sesame")
        .write(
            "spring.datasource.url=jdbc:postgresql://127.0.0.1:1/none?password=sesame",
            "spring.datasource.username=ann",
            "spring.datasource.password=${DB_PASSWORD}")
        .run("list");
    assertThat(run.code()).isEqualTo(3);
    assertThat(run.err())
        .startsWith("counterfoil: the database cannot be opened: ")
        .doesNotContain("sesame")
        .hasLineCount(1);
  }

  @Test
  void libraries_log_nothing_of_the_url_or_the_database() throws Exception {
    Workplace tool = new Workplace(folder);
    tool.write("spring.datasource.url=jdbc:postgresql://127.0.0.1:sesame/none");
    CliRun wrongPort = ChildProcess.ofClasses().run(tool, "", "list");
    assertThat(wrongPort.err()).startsWith("counterfoil: ").hasLineCount(1);
    tool.write("spring.datasource.url=jdbc:sqlite:" + tool.file("no.db", "x".repeat(200)));
    CliRun noDatabase = ChildProcess.ofClasses().run(tool, "", "list");
    assertThat(noDatabase.err()).startsWith("counterfoil: ").hasLineCount(1);
  }

  @Test
  void a_misspelled_path_creates_no_database() {
    assertThat(new Workplace(folder).write(url).run("list").code()).isEqualTo(3);
    assertThat(folder.resolve("tokens.db")).doesNotExist();
  }

  @Test
  void a_key_that_occurs_twice_is_refused() {
    new Workplace(folder)
        .write(url, "counterfoil.prefix=aa", "counterfoil.prefix=bb")
        .run("list")
        .invalid("counterfoil.prefix: more than once (expected: once)");
  }

  @Test
  void only_ascii_is_read() {
    new Workplace(folder)
        .write(url, "counterfoil.prefix=\u00e9")
        .run("list")
        .invalid("--config: a character that is not ASCII (expected: its escape, such as \\u00e9)");
  }

  @Test
  void a_missing_or_huge_file_is_refused() throws IOException {
    Workplace tool = new Workplace(folder);
    assertThat(tool.run("list").code()).isEqualTo(2);
    Files.write(tool.properties, new byte[1 << 21]);
    tool.run("list").invalid("--config: more than 1 MiB (expected: a properties file)");
  }

  @Test
  void a_long_secret_file_is_refused_and_not_cut() {
    Workplace tool = new Workplace(folder);
    Path key = tool.file("key", "A".repeat((1 << 16) + 4));
    tool.write(url, "counterfoil.checksum-keys[0].secret-file=" + key);
    assertThat(tool.run("migrate").err())
        .endsWith("counterfoil: counterfoil.checksum-keys[0].secret-file: cannot be read"
            + " (expected: the path of a readable file of at most 64 KiB)\n");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "counterfoil.checksum-keys[0].secret=" + KEY,
        "counterfoil.checksum-keys[0].secret-file=key",
        "spring.datasource.password=sesame",
        "spring.datasource.password-file=key"
      })
  @DisabledOnOs(OS.WINDOWS)
  void a_secret_that_every_user_can_read_is_a_warning(String line) throws IOException {
    Workplace tool = new Workplace(folder);
    Path key = tool.file("key", KEY);
    tool.write(url, line.replace("=key", "=" + key));
    for (String permissions : new String[] {"rw-r--r--", "rw-r-----"}) {
      Files.setPosixFilePermissions(key, PosixFilePermissions.fromString(permissions));
      Files.setPosixFilePermissions(tool.properties, PosixFilePermissions.fromString(permissions));
      boolean isPublic = permissions.endsWith("r--");
      assertThat(tool.run("migrate").done().err())
          .matches(
              isPublic
                  ? "counterfoil: warning: \".*\": every user of this machine can read its secrets"
                      + " \\(fix: chmod o-rwx\\)\n"
                  : "");
    }
  }

  @Test
  void the_application_accepts_tokens_of_the_tool_and_the_tool_finds_those_of_the_application() {
    Workplace tool = new Workplace(folder)
        .write(
            url,
            "counterfoil.prefix=acme",
            "counterfoil.peppers[0].name=p1",
            "counterfoil.peppers[0].secret=" + KEY,
            "counterfoil.plain-hashes-until=2026-01-01T00:00:00Z",
            "counterfoil.checksum-keys[0].secret=" + KEY,
            "counterfoil.plain-checksums-until=2026-01-01T00:00:00Z");
    tool.run("migrate").done();
    SQLiteDataSource database = new SQLiteDataSource();
    database.setUrl("jdbc:sqlite:" + folder.resolve("tokens.db"));
    byte[] key = Base64.getDecoder().decode(KEY);
    try (TokenManager application = TokenManager.builder(new JdbcTokenStore(database))
        .prefix("acme")
        .peppers(Pepper.of("p1", key))
        .plainHashesUntil(Instant.parse("2026-01-01T00:00:00Z"))
        .checksumKeys(key)
        .plainChecksumsUntil(Instant.parse("2026-01-01T00:00:00Z"))
        .build()) {
      String ofTool = tool.run("create", "a", "--unrestricted").plaintext();
      assertThat(application.authenticate(ofTool)).isInstanceOf(Verdict.Accepted.class);
      String ofApplication = application.create(NewToken.named("b")).reveal();
      assertThat(tool.runWith(ofApplication, "identify").done().out()).contains("b");
      tool.run("disable", "1").done();
      assertThat(application.authenticate(ofTool)).isInstanceOf(Verdict.Rejected.class);
    }
  }

  @Test // A property that is new in the starter must be read or ignored here.
  void every_property_of_the_starter_is_known() throws IOException {
    String source = Files.readString(Path.of("../integrations/spring-boot-starter/src/main/java/io/"
        + "counterfoil/springboot/CounterfoilProperties.java"));
    String components = source.substring(
        source.indexOf("record CounterfoilProperties("), source.indexOf("bootstrap) {"));
    Matcher names = Pattern.compile(" ([a-zA-Z]+)(,|$)").matcher(components + " bootstrap,");
    int count = 0;
    while (names.find()) {
      String name = names.group(1).replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT);
      CliRun run = new Workplace(folder).write(url, line(name)).run("list");
      assertThat(run.err()).as(name).doesNotContain("unknown");
      count++;
    }
    assertThat(count).isGreaterThan(20);
  }

  private static String line(String name) {
    return switch (name) {
      case "scopes" -> "counterfoil.scopes[0].name=a";
      case "peppers" -> "counterfoil.peppers[0].name=a\ncounterfoil.peppers[0].secret=" + KEY;
      case "checksum-keys", "bootstrap" -> "counterfoil." + name + "[0].secret=" + KEY;
      case "upcoming-pepper" -> "counterfoil.upcoming-pepper.name=a";
      case "credentials", "notices", "throttle", "cache", "filter", "management", "page" ->
        "counterfoil." + name + ".x=a";
      case "jdbc" -> "counterfoil.jdbc.initialize-schema=never";
      default -> "counterfoil." + name + "=x";
    };
  }
}
