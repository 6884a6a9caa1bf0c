package io.counterfoil.examples.springboot;

import static org.assertj.core.api.Assertions.assertThat;

import io.counterfoil.CreatedToken;
import io.counterfoil.NewToken;
import io.counterfoil.Token;
import io.counterfoil.TokenManager;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.JdbcTemplate;

/** The example over real HTTP. */
class SpringBootExampleTest {
  private static Running server;
  private static TokenManager tokens;

  private CreatedToken bot;
  private String good;

  @BeforeAll
  static void start() {
    server = Running.start();
    tokens = server.bean(TokenManager.class);
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @BeforeEach
  void create() {
    bot = tokens.create(NewToken.named("bot"));
    good = "Bearer " + bot.reveal();
  }

  @AfterEach
  void delete() {
    tokens.delete(bot.token().id());
  }

  @Test
  void a_token_opens_the_page_until_it_is_disabled() throws Exception {
    HttpResponse<String> hello = server.get("/api/hello", good);
    assertThat(hello.statusCode()).isEqualTo(200);
    assertThat(hello.body()).isEqualTo("Hello bot\n");
    assertThat(hello.headers().map()).doesNotContainKey("set-cookie");

    tokens.disable(bot.token().id());
    assertRefused(
        server.get("/api/hello", good), 401, "Bearer realm=\"api\", error=\"invalid_token\"");
  }

  @Test
  void nobody_comes_in_without_a_token() throws Exception {
    for (String path :
        List.of("/api/hello", "/api/nothing", "/api/tokens", "/api/tokens/create", "/open")) {
      assertRefused(server.get(path), 401, "Bearer realm=\"api\"");
      assertRefused(
          server.get(path, good, good), 400, "Bearer realm=\"api\", error=\"invalid_request\"");
    }
  }

  @Test
  void no_other_way_to_write_the_path_leads_around_the_filter() throws Exception {
    for (String path : List.of(
        "//api/hello",
        "/api//hello",
        "/API/hello",
        "/api/hello/",
        "/api/hello;x",
        "/api;x/hello",
        "/;/api/hello",
        "/./api/hello",
        "/x/../api/hello",
        "/x/%2e%2e/api/hello",
        "/x/..;/api/hello",
        "/%61pi/hello",
        "/api%2fhello",
        "/%2fapi/hello",
        "/%5capi/hello",
        "/api/%68ello",
        "/api%00/hello")) {
      assertThat(server.raw("GET " + path + " HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n"))
          .as(path)
          .containsPattern("^HTTP/1.1 40[014] ")
          .doesNotContain("Hello");
    }
  }

  @Test
  void tokens_are_managed() throws Exception {
    HttpResponse<String> created = server.post("/api/tokens/create", "{\"name\":\"second\"}", good);
    assertThat(created.statusCode()).isEqualTo(200);
    assertThat(created.headers().firstValue("Cache-Control")).contains("no-store");
    assertThat(created.body()).contains("\"token\":\"cf_");

    long second = bot.token().id() + 1;
    assertThat(server.post("/api/tokens/create", "{\"name\":\"second\"}", good).statusCode())
        .isEqualTo(409);
    assertThat(server
            .post("/api/tokens/setEnabled/" + second, "{\"enabled\":false}", good)
            .statusCode())
        .isEqualTo(200);
    assertThat(server.get("/api/tokens", good).body())
        .contains("\"name\":\"second\",\"enabled\":false")
        .doesNotContain("cf_");
    assertThat(server.post("/api/tokens/delete/" + second, "", good).statusCode())
        .isEqualTo(200);
    assertThat(tokens.find(second)).isEmpty();
  }

  @Test
  void a_failing_store_is_no_reason_to_call_a_token_invalid() throws Exception {
    JdbcTemplate database = new JdbcTemplate(server.bean(DataSource.class));
    database.execute("ALTER TABLE counterfoil_tokens RENAME TO away");
    HttpResponse<String> refused = server.get("/api/hello", good);
    database.execute("ALTER TABLE away RENAME TO counterfoil_tokens");

    assertThat(refused.statusCode()).isEqualTo(503);
    assertThat(refused.headers().allValues("Retry-After")).containsExactly("5");
    assertThat(refused.headers().map()).doesNotContainKey("www-authenticate");
    assertThat(server.get("/api/hello", good).statusCode()).isEqualTo(200);
  }

  @Test
  void an_asynchronous_page_is_shown() throws Exception {
    HttpResponse<String> later = server.get("/api/later", good);
    assertThat(later.statusCode()).isEqualTo(200);
    assertThat(later.body()).isEqualTo("Later bot");
  }

  @Test
  void a_failing_page_is_answered_500_without_its_words() throws Exception {
    HttpResponse<String> failed = server.get("/api/failing", good);
    assertThat(failed.statusCode()).isEqualTo(500);
    assertThat(failed.body()).contains("/api/failing").doesNotContain(Pages.SECRET, "Exception");
    assertThat(server.get("/api/nothing", good).statusCode()).isEqualTo(404);
  }

  @Test
  void what_was_made_and_used_is_in_the_file_when_the_application_has_ended(@TempDir Path folder)
      throws Exception {
    String url = "jdbc:h2:" + folder.resolve("tokens") + ";WRITE_DELAY=0";
    String plaintext;
    try (Running first = Running.startOn(url)) {
      plaintext =
          "Bearer " + first.bean(TokenManager.class).create(NewToken.named("a")).reveal();
      assertThat(first.get("/api/hello", plaintext).statusCode()).isEqualTo(200);
    }
    try (Running second = Running.startOn(url)) {
      List<Token> kept = second.bean(TokenManager.class).list().toList();
      assertThat(kept).extracting(Token::name).containsExactly("bootstrap", "a");
      assertThat(kept.get(1).lastUsedAt()).isPresent();
      assertThat(second.get("/api/hello", plaintext).body()).isEqualTo("Hello a\n");
    }
  }

  private static void assertRefused(HttpResponse<String> answer, int status, String challenge) {
    assertThat(answer.statusCode()).isEqualTo(status);
    assertThat(answer.headers().allValues("WWW-Authenticate")).containsExactly(challenge);
    assertThat(answer.headers().map()).doesNotContainKey("set-cookie");
    assertThat(answer.body()).startsWith("{\"success\":false,\"msg\":\"");
  }
}
