package io.counterfoil.servlet;

import static io.counterfoil.servlet.RawHttp.post;
import static io.counterfoil.servlet.RawHttp.request;
import static io.counterfoil.servlet.TestServer.TOKENS;
import static org.assertj.core.api.Assertions.assertThat;

import io.counterfoil.NewToken;
import io.counterfoil.StoredToken;
import io.counterfoil.servlet.RawHttp.Response;
import java.io.IOException;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The management API over HTTP. */
@Tag("locale")
@OnEveryContainer
class ManagementWireTest {
  private static final Pattern PLAINTEXT = Pattern.compile("cf_[0-9A-Za-z]{49}");

  private final TestServer server = new TestServer();

  @BeforeEach
  void start() throws Exception {
    server.start();
  }

  @AfterEach
  void stop() throws Exception {
    server.close();
  }

  @Test // E1, E2, E3
  void the_four_calls_byte_for_byte() throws IOException {
    assertAnswer(
        list(),
        "{\"success\":true,\"obj\":[{\"id\":1,\"name\":\"default\",\"enabled\":true,\"createdAt\":1736000000}]}");
    Response created = call(TOKENS + "/create", "{\"name\":\"central-panel-\u00e4 \ud83d\ude80\"}");
    Matcher plaintext = PLAINTEXT.matcher(created.body());
    assertThat(plaintext.find()).isTrue();
    assertAnswer(
        created,
        "{\"success\":true,\"obj\":{\"createdAt\":1736000000,\"enabled\":true,\"id\":2,"
            + "\"name\":\"central-panel-\u00e4 \ud83d\ude80\",\"token\":\"" + plaintext.group()
            + "\"}}");
    assertAnswer(call(TOKENS + "/setEnabled/2", "{\"enabled\":false}"), "{\"success\":true}");
    assertAnswer(
        list(),
        "{\"success\":true,\"obj\":[{\"id\":1,\"name\":\"default\",\"enabled\":true,\"createdAt\":1736000000},"
            + "{\"id\":2,\"name\":\"central-panel-\u00e4 \ud83d\ude80\",\"enabled\":false,\"createdAt\":1736000000}]}");
    Response rotated = call(TOKENS + "/rotate/2", "{\"overlapSeconds\":600}");
    Matcher another = PLAINTEXT.matcher(rotated.body());
    assertThat(another.find()).isTrue();
    assertThat(another.group()).isNotEqualTo(plaintext.group());
    assertAnswer(
        rotated,
        created
            .body()
            .replace(plaintext.group(), another.group())
            .replace("\"enabled\":true", "\"enabled\":false"));
    assertAnswer(
        server.exchange(request("POST", TOKENS + "/delete/2", server.bearer, "Content-Length: 0")),
        "{\"success\":true}");
    assertThat(server.store.content()).hasSize(1);
  }

  @Test
  void the_further_calls_byte_for_byte() throws IOException {
    String plaintext =
        server.tokens.create(NewToken.named("ci \u00e4").description("nightly")).reveal();
    String token = "{\"id\":2,\"name\":\"ci \u00e4\",\"description\":\"nightly\",\"enabled\":true,"
        + "\"createdAt\":1736000000}";
    assertAnswer(read("/2"), "{\"success\":true,\"obj\":" + token + '}');
    assertAnswer(read("?search=I%20%C3%84"), "{\"success\":true,\"obj\":[" + token + "]}");
    assertAnswer(read("/scopes"), "{\"success\":true,\"obj\":[]}");
    assertAnswer(
        call(TOKENS + "/identify", "{\"token\":\"" + plaintext + "\"}"),
        "{\"success\":true,\"obj\":" + token + '}');
    assertAnswer(
        call(TOKENS + "/update/2", "{\"description\":null,\"expiresIn\":60}"),
        "{\"success\":true,\"obj\":{\"id\":2,\"name\":\"ci \u00e4\",\"enabled\":true,"
            + "\"createdAt\":1736000000,\"expiresAt\":1736000060}}");
    assertAnswer(
        call(TOKENS + "/disable", "{\"ids\":[2]}"), "{\"success\":true,\"obj\":{\"count\":1}}");
    assertAnswer(
        call(TOKENS + "/deleteExpired", "{\"dryRun\":true}"),
        "{\"success\":true,\"obj\":{\"count\":0}}");
    assertAnswer(
        call(TOKENS + "/delete", "{\"ids\":[2]}"), "{\"success\":true,\"obj\":{\"count\":1}}");
    assertThat(read("/2").status()).isEqualTo(404);
    assertThat(server.store.content()).hasSize(1);
  }

  private Response read(String path) throws IOException {
    return server.exchange(request("GET", TOKENS + path, server.bearer));
  }

  @ParameterizedTest // the forms in which clients send an empty body
  @ValueSource(
      strings = {
        "Content-Length: 0\r\nContent-Type: application/x-www-form-urlencoded",
        "Content-Type: application/x-www-form-urlencoded",
        "Transfer-Encoding: chunked\r\nContent-Type: application/x-www-form-urlencoded",
        "Transfer-Encoding: chunked"
      })
  void a_deletion_with_an_empty_body_is_done_whatever_its_type(String fields) throws IOException {
    call(TOKENS + "/create", "{\"name\":\"a\"}");
    String request = request("POST", TOKENS + "/delete/2", server.bearer, fields);
    String body = fields.contains("chunked") ? "0\r\n\r\n" : "";
    assertAnswer(server.exchange(request + body), "{\"success\":true}");
    assertThat(server.store.content()).hasSize(1);
  }

  @Test
  void a_deletion_with_a_form_that_is_not_empty_is_refused() throws IOException {
    for (String framed : new String[] {
      "Content-Length: 3\r\n\r\nx=y", "Transfer-Encoding: chunked\r\n\r\n3\r\nx=y\r\n0\r\n\r\n"
    }) {
      String type = "Content-Type: application/x-www-form-urlencoded";
      String head = request("POST", TOKENS + "/delete/1", server.bearer, type);
      String request = head.substring(0, head.length() - 2) + framed;
      assertThat(server.exchange(request).status()).isEqualTo(415);
    }
    assertThat(server.store.content()).hasSize(1);
  }

  @Test // E1
  void a_name_that_is_taken_is_answered_409() throws IOException {
    Response response = call(TOKENS + "/create", "{\"name\":\"default\"}");
    assertThat(response.status()).isEqualTo(409);
    assertThat(response.body())
        .isEqualTo("{\"success\":false,\"msg\":\"a token with that name already exists\"}");
  }

  @Test // E4
  void a_head_request_gets_the_length_and_no_body() throws IOException {
    Response response = server.exchange(request("HEAD", TOKENS, server.bearer));
    assertThat(response.status()).isEqualTo(200);
    assertThat(response.values("Content-Length"))
        .containsExactly(String.valueOf(list().body().length()));
  }

  @ParameterizedTest // E4, D6
  @ValueSource(strings = {"GET", "HEAD", "PUT", "DELETE", "PATCH", "OPTIONS", "BREW"})
  void every_other_method_is_answered_405_and_changes_nothing(String method) throws IOException {
    Response response = unchanged(request(
        method,
        TOKENS + "/delete/1",
        server.bearer,
        "X-HTTP-Method-Override: POST",
        "Content-Length: 0"));
    assertThat(response.status()).isEqualTo(405);
    assertThat(response.values("Allow")).containsExactly("POST");
  }

  @ParameterizedTest // D1, D3, E7
  @ValueSource(
      strings = {
        "/delete/01",
        "/delete/+1",
        "/delete/1/",
        "/delete/%2f1",
        "/delete/%31%00",
        "/delete/1%20",
        "/delete/..%2fdelete/1",
        "/delete/%D9%A1",
        "/x/../delete/1/",
        "/delete/1;x/2",
        "/delete/1%0d%0aX:%20y",
        "/DELETE/1",
        "/delete/%C0%B1",
        "/delete/%"
      })
  void a_path_in_any_other_notation_changes_nothing(String path) throws IOException {
    assertThat(unchanged(request("POST", TOKENS + path, server.bearer, "Content-Length: 0"))
            .status())
        .isIn(400, 404);
  }

  @Test // D1: filter and servlet see the same path either way
  void a_doubled_slash_is_handled_by_the_container() throws IOException {
    Response response =
        server.exchange(request("POST", TOKENS + "/delete//1", server.bearer, "Content-Length: 0"));
    int status = switch (Container.NAME) {
      case "jetty" -> 400;
      case "undertow" -> 404;
      default -> 200; // Tomcat removes the second slash
    };
    assertThat(response.status()).isEqualTo(status);
    assertThat(server.store.content()).hasSize(status == 200 ? 0 : 1);
  }

  @Test // D1: filter, router and handler use the same decoded path
  void the_path_is_decoded_by_the_container_only() throws IOException {
    server.tokens.create(NewToken.named("ci"));
    assertThat(
            call(TOKENS + "/%73etEnabled/%32?/delete/1", "{\"enabled\":false}").status())
        .isEqualTo(200);
    assertThat(server.store.content())
        .extracting(StoredToken::enabled)
        .containsExactly(true, false);
  }

  private Response unchanged(String request) throws IOException {
    List<StoredToken> before = server.store.content();
    Response response = server.exchange(request);
    assertThat(server.store.content()).isEqualTo(before);
    return response;
  }

  private Response list() throws IOException {
    return server.exchange(request("GET", TOKENS, server.bearer));
  }

  private Response call(String target, String json) throws IOException {
    return server.exchange(post(target, json, server.bearer));
  }

  private static void assertAnswer(Response response, String body) {
    assertThat(response.body()).isEqualTo(body);
    assertThat(response.status()).isEqualTo(200);
    assertThat(response.values("Content-Type")).containsExactly("application/json");
    assertThat(response.values("Cache-Control")).containsExactly("no-store");
    assertThat(response.values("X-Content-Type-Options")).containsExactly("nosniff");
    assertThat(response.values("Set-Cookie")).isEmpty(); // E10
  }
}
