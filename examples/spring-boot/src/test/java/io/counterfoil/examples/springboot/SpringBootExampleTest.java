package io.counterfoil.examples.springboot;

import static org.assertj.core.api.Assertions.assertThat;

import io.counterfoil.NewToken;
import io.counterfoil.TokenManager;
import io.counterfoil.TokenStore;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.JdbcTemplate;

/** The example, over HTTP. */
class SpringBootExampleTest {
  private static final Pattern PLAINTEXT = Pattern.compile("cf_[0-9A-Za-z]{49}");

  @TempDir
  static Path folder;

  private static RunningApplication server;

  @BeforeAll
  static void start() {
    server = RunningApplication.start(folder);
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @Test
  void flyway_creates_the_tables_of_the_application_and_of_the_tokens() {
    assertThat(server
            .bean(JdbcTemplate.class)
            .queryForList(
                "SELECT \"description\" FROM \"flyway_schema_history\" WHERE \"checksum\" IS NOT NULL"
                    + " ORDER BY \"installed_rank\"",
                String.class))
        .containsExactly("servers", "Counterfoil table counterfoil_tokens");
  }

  @Test
  void the_public_pages_need_no_token() throws Exception {
    assertThat(server.get("/").body()).isEqualTo("Hello\n");
    HttpResponse<String> page = server.get("/tokens/");
    assertThat(page.statusCode()).isEqualTo(200);
    assertThat(page.body()).contains("/api/tokens");
  }

  @Test
  void a_header_that_tomcat_cannot_parse_is_not_quoted() throws Exception {
    String broken = "GET / HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer cf_broken\u0001\r\n\r\n";
    assertThat(server.sendRaw(broken)).startsWith("HTTP/1.1 400").doesNotContain("cf_broken");
  }

  @Test
  void an_error_is_not_answered_with_401() throws Exception {
    String malformed = "GET /;x HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n";
    assertThat(server.sendRaw(malformed)).startsWith("HTTP/1.1 400");
    String writer = server.tokenWith("servers:write");
    assertThat(server.post("/api/servers/nothing", "", writer).statusCode()).isEqualTo(404);
  }

  @Test
  void a_request_without_a_valid_token_is_rejected() throws Exception {
    assertRejected(server.get("/api/me"), 401, "Bearer realm=\"api\"");
    assertRejected(
        server.get("/api/me", "cf_unknown"), 401, "Bearer realm=\"api\", error=\"invalid_token\"");
  }

  @Test
  void the_first_token_has_every_scope() throws Exception {
    String first = server.firstToken();
    assertThat(server.get("/api/me", first).body()).isEqualTo("{\"user\":\"token:1\"}");
    assertThat(server.get("/api/servers", first).body()).isEqualTo("[\"alpha\",\"beta\"]");
    assertThat(server.post("/api/servers/restart", "", first).body())
        .isEqualTo("{\"restarted\":true}");
    assertThat(server.get("/api/tokens", first).body()).contains("\"name\":\"first-token\"");
  }

  @Test
  void a_scope_admits_a_token_to_its_pages_only() throws Exception {
    String reader = server.tokenWith("servers:read");
    assertThat(server.get("/api/me", reader).body()).isEqualTo("{\"user\":\"ann\"}");
    assertThat(server.get("/api/servers", reader).statusCode()).isEqualTo(200);
    String lacksScope = "Bearer realm=\"api\", error=\"insufficient_scope\"";
    assertRejected(
        server.post("/api/servers/restart", "", reader),
        403,
        lacksScope + ", scope=\"servers:write\"");
    assertRejected(server.get("/api/tokens", reader), 403, lacksScope + ", scope=\"tokens\"");

    String writer = server.tokenWith("servers:write");
    assertThat(server.post("/api/servers/restart", "", writer).statusCode()).isEqualTo(200);
    assertRejected(
        server.get("/api/servers", writer), 403, lacksScope + ", scope=\"servers:read\"");
  }

  @Test
  void a_token_without_scopes_may_call_only_the_page_about_itself() throws Exception {
    NewToken withoutScopes = NewToken.named("none").owner("ann");
    String none = server.bean(TokenManager.class).create(withoutScopes).reveal();
    assertThat(server.get("/api/me", none).statusCode()).isEqualTo(200);
    assertThat(server.get("/api/servers", none).statusCode()).isEqualTo(403);
    assertThat(server.post("/api/servers/restart", "", none).statusCode()).isEqualTo(403);
    assertThat(server.get("/api/tokens", none).statusCode()).isEqualTo(403);
    assertThat(server.get("/forgotten", none).statusCode()).isEqualTo(403);
    assertThat(server.get("/forgotten", server.firstToken()).statusCode()).isEqualTo(403);
  }

  @Test
  void a_token_is_deleted_long_after_it_expired() {
    TokenManager tokens = server.bean(TokenManager.class);
    NewToken expiring = NewToken.named("expiring").expiresIn(Duration.ofDays(1));
    long id = tokens.create(expiring).token().id();
    server.bean(ExpiredTokens.class).deleteOld();
    assertThat(tokens.find(id)).isPresent();

    Clock later = Clock.offset(Clock.systemUTC(), Duration.ofDays(90));
    deleteOld(later);
    assertThat(tokens.find(id)).isPresent();
    deleteOld(Clock.offset(later, Duration.ofDays(2)));
    assertThat(tokens.find(id)).isEmpty();
  }

  private static void deleteOld(Clock clock) {
    var settings = TokenManager.builder(server.bean(TokenStore.class)).clock(clock);
    try (TokenManager tokens = settings.recordNoUses().build()) {
      new ExpiredTokens(tokens).deleteOld();
    }
  }

  @Test
  void a_token_that_the_api_disables_is_rejected_at_the_next_request() throws Exception {
    String first = server.firstToken();
    String request = "{\"name\":\"backup\",\"scopes\":[\"servers:read\"]}";
    Matcher created =
        PLAINTEXT.matcher(server.post("/api/tokens/create", request, first).body());
    assertThat(created.find()).isTrue();
    String token = created.group();
    assertThat(server.get("/api/servers", token).statusCode()).isEqualTo(200);

    long id = server.bean(TokenManager.class).find("", "backup").orElseThrow().id();
    server.post("/api/tokens/setEnabled/" + id, "{\"enabled\":false}", first);
    assertRejected(
        server.get("/api/servers", token), 401, "Bearer realm=\"api\", error=\"invalid_token\"");
  }

  @Test
  void after_a_restart_tokens_still_work_and_there_is_no_second_first_token(@TempDir Path other)
      throws Exception {
    String token;
    String first;
    try (RunningApplication before = RunningApplication.start(other)) {
      first = before.firstToken();
      token = before.tokenWith("servers:read");
    }
    try (RunningApplication after = RunningApplication.start(other)) {
      assertThat(after.get("/api/servers", token).statusCode()).isEqualTo(200);
      assertThat(after.firstToken()).isEqualTo(first);
    }
  }

  private static void assertRejected(HttpResponse<String> response, int status, String challenge) {
    assertThat(response.statusCode()).isEqualTo(status);
    assertThat(response.headers().allValues("WWW-Authenticate")).containsExactly(challenge);
    assertThat(response.headers().map()).doesNotContainKey("set-cookie");
  }
}
