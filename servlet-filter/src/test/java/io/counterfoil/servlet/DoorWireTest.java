package io.counterfoil.servlet;

import static io.counterfoil.servlet.RawHttp.post;
import static io.counterfoil.servlet.RawHttp.request;
import static io.counterfoil.servlet.TestServer.PAGE;
import static io.counterfoil.servlet.TestServer.TOKENS;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.counterfoil.http.BearerAuthenticator;
import io.counterfoil.servlet.RawHttp.Response;
import jakarta.servlet.Filter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import java.io.IOException;
import java.util.Base64;
import java.util.Collections;
import java.util.Enumeration;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** B5, B6: tokens in other headers, in other schemes and as Basic passwords, over HTTP. */
@OnEveryContainer
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DoorWireTest {
  private final TestServer server = new TestServer();

  @BeforeAll
  void start() throws Exception {
    server.start(new BearerFilter(BearerAuthenticator.builder(server.tokens)
        .header("X-API-Key")
        .header("X-Token")
        .scheme("Token")
        .basicPassword()
        .build()));
  }

  @AfterAll
  void stop() throws Exception {
    server.close();
  }

  @ParameterizedTest // A container removes outer white space (RFC 9110 section 5.5).
  @ValueSource(
      strings = {
        "X-API-Key: TOKEN",
        "x-api-key:TOKEN",
        "X-API-KEY: \t TOKEN \t ",
        "X-Token: TOKEN",
        "Authorization: Token TOKEN",
        "Authorization: token   TOKEN",
        "Authorization: Bearer TOKEN"
      })
  void a_token_is_accepted_at_each_open_door(String lines) throws IOException {
    Response response = send(lines);
    assertThat(response.status()).isEqualTo(200);
    assertThat(response.body())
        .isEqualTo("guarded content for token:1 token:1 Bearer deploy=false proof=1 session=false");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "X-API-Key: Bearer TOKEN",
        "X-API-Key: \"TOKEN\"",
        "X-API-Key: TOKEN,TOKEN",
        "X-API-Key: TOKEN x",
        "X-API-Key:",
        "X-API-Key: x",
        "X_API_Key: TOKEN",
        "X-Api-Keys: TOKEN",
        "Cookie: X-API-Key=TOKEN",
        "Proxy-Authorization: Token TOKEN",
        "Authorization: Tokens TOKEN",
        "Authorization: Token\u00a0TOKEN"
      })
  void anything_else_is_refused(String lines) throws IOException {
    assertThat(send(lines).status()).isEqualTo(401);
  }

  @ParameterizedTest // B4
  @ValueSource(
      strings = {
        "X-API-Key: TOKEN\r\nX-API-Key: TOKEN",
        "X-API-Key: TOKEN\r\nx-api-key: x",
        "X-API-Key: TOKEN\r\nX-Token: TOKEN",
        "X-API-Key:\r\nAuthorization: Bearer TOKEN",
        "Authorization: Bearer TOKEN\r\nX-API-Key: TOKEN",
        "Authorization: Basic eDp5\r\nX-Token: TOKEN"
      })
  void several_credentials_are_refused(String lines) throws IOException {
    int runs = server.page.runs();
    Response response = send(lines);
    assertThat(response.status()).isEqualTo(400);
    assertThat(response.body()).contains("only one credential may be sent");
    assertThat(response.values("WWW-Authenticate"))
        .containsExactly(
            "Bearer realm=\"api\", error=\"invalid_request\"",
            "Token realm=\"api\"",
            "Basic realm=\"api\", charset=\"UTF-8\"");
    assertThat(server.page.runs()).isEqualTo(runs);
  }

  @Test // P1: the user name of Basic credentials is the choice of the client
  void the_user_of_a_basic_password_is_the_owner_of_the_token() throws IOException {
    for (String user : new String[] {"", "admin", "token", "\u00fc"}) {
      assertThat(send(basic(user + ':' + server.plaintext)).body())
          .isEqualTo(
              "guarded content for token:1 token:1 BASIC deploy=false proof=1 session=false");
    }
  }

  @Test // E9, E11
  void the_management_api_refuses_a_basic_password() throws IOException {
    String lines = basic("a:" + server.plaintext);
    Response list = server.exchange(request("GET", TOKENS, lines));
    assertThat(list.status()).isEqualTo(403);
    assertThat(list.body()).contains("not managed with Basic credentials");
    assertThat(
            server.exchange(post(TOKENS + "/create", "{\"name\":\"x\"}", lines)).status())
        .isEqualTo(403);
    String key = "X-API-Key: " + server.plaintext;
    assertThat(server.exchange(request("GET", TOKENS, key)).status()).isEqualTo(200);
  }

  @ParameterizedTest // E9, E11
  @CsvSource({
    TOKENS + ",",
    TOKENS + ", Bearer other",
    "/api/relay?how=forward&to=" + TOKENS + ",",
    "/api/relay?how=forward&to=" + TOKENS + ", Bearer other",
  })
  void the_management_api_refuses_a_basic_password_that_a_filter_hides_or_replaces(
      String path, String replacement) throws Exception {
    try (TestServer hiding = new TestServer()) {
      hiding.mount("/api/relay", new DispatchingPage());
      hiding.addFilter("/*", withAuthorization(Optional.ofNullable(replacement)));
      hiding.start(new BearerFilter(
          BearerAuthenticator.builder(hiding.tokens).basicPassword().build()));
      String lines = basic("a:" + hiding.plaintext);
      assertThat(hiding.exchange(request("GET", path, lines)).status()).isEqualTo(403);
      assertThat(hiding.exchange(request("GET", path, hiding.bearer)).status()).isEqualTo(200);
    }
  }

  @Test // E11
  void basic_credentials_that_a_filter_replaces_make_the_request_basic_for_a_second_filter()
      throws Exception {
    try (TestServer twice = new TestServer()) {
      BearerAuthenticator both =
          BearerAuthenticator.builder(twice.tokens).basicPassword().build();
      twice.addFilter("/*", withAuthorization(Optional.of("Bearer " + twice.plaintext)));
      twice.addFilter("/*", new BearerFilter(both));
      twice.start(new BearerFilter(both));
      String lines = basic("a:" + twice.plaintext);
      assertThat(twice.exchange(request("GET", PAGE, lines)).body()).contains(" BASIC ");
      assertThat(twice.exchange(request("GET", PAGE, twice.bearer)).body()).contains(" Bearer ");
    }
  }

  /** Returns a filter behind which requests have this value of {@code Authorization}, or none. */
  private static Filter withAuthorization(Optional<String> value) {
    return (request, response, chain) -> chain.doFilter(
        new HttpServletRequestWrapper((HttpServletRequest) request) {
          @Override
          public Enumeration<String> getHeaders(String name) {
            return name.equalsIgnoreCase("Authorization")
                ? Collections.enumeration(value.stream().toList())
                : super.getHeaders(name);
          }
        },
        response);
  }

  private static String basic(String credentials) {
    return "Authorization: Basic "
        + Base64.getEncoder().encodeToString(credentials.getBytes(ISO_8859_1));
  }

  private Response send(String lines) throws IOException {
    return server.exchange(request("GET", PAGE, lines.replace("TOKEN", server.plaintext)));
  }
}
