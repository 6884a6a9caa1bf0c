package io.counterfoil.examples.jdkserver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.counterfoil.CreatedToken;
import io.counterfoil.NewToken;
import io.counterfoil.TokenManager;
import io.counterfoil.TokenStore;
import io.counterfoil.TokenStoreException;
import io.counterfoil.memory.InMemoryTokenStore;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The example over HTTP. */
class JdkServerTest {
  private static final AtomicBoolean failing = new AtomicBoolean();
  private static TokenManager tokens;
  private static JdkServer server;

  private CreatedToken bot;

  @BeforeAll
  static void start() throws Exception {
    tokens = TokenManager.builder(failingLater(new InMemoryTokenStore())).build();
    server = new JdkServer(tokens, 0);
  }

  /** Returns a store that can fail to list every page but the first. */
  private static TokenStore failingLater(TokenStore store) {
    return (TokenStore) Proxy.newProxyInstance(
        TokenStore.class.getClassLoader(),
        new Class<?>[] {TokenStore.class},
        (proxy, method, arguments) -> {
          if (failing.get() && method.getName().equals("list") && !arguments[1].equals(0L)) {
            throw new TokenStoreException("away");
          }
          try {
            return method.invoke(store, arguments);
          } catch (InvocationTargetException e) {
            throw e.getCause();
          }
        });
  }

  @AfterAll
  static void stop() {
    server.close();
    tokens.close();
  }

  @BeforeEach
  void createToken() {
    bot = tokens.create(NewToken.named("bot").owner("ann"));
  }

  @AfterEach
  void deleteToken() {
    tokens.delete(bot.token().id());
  }

  @Test
  void no_servlet_class_is_on_the_class_path() {
    for (String name :
        List.of("Filter", "Servlet", "http.HttpServlet", "http.HttpServletRequest")) {
      assertThatThrownBy(() -> Class.forName("jakarta.servlet." + name))
          .isInstanceOf(ClassNotFoundException.class);
    }
  }

  @Test
  void a_token_is_accepted_until_it_is_disabled() throws Exception {
    HttpResponse<String> hello = send("GET", "/api/hello", "");
    assertThat(hello.statusCode()).isEqualTo(200);
    assertThat(hello.body()).isEqualTo("Hello ann\n");

    tokens.disable(bot.token().id());
    assertRejected(
        send("GET", "/api/hello", ""), 401, "Bearer realm=\"api\", error=\"invalid_token\"");
  }

  @Test // P1: an owner chooses the names of tokens freely
  void the_user_is_the_owner_of_the_token_or_the_token() throws Exception {
    CreatedToken nobodys = tokens.create(NewToken.named("ann"));
    HttpResponse<String> hello =
        sendRequest(request("/api/hello").header("Authorization", "Bearer " + nobodys.reveal()));
    assertThat(hello.body()).isEqualTo("Hello token:" + nobodys.token().id() + '\n');
  }

  @Test
  void a_token_works_only_from_its_addresses() throws Exception {
    NewToken bound = NewToken.named("bound").owner("ann");
    String here = tokens.create(bound.allowedAddresses("127.0.0.0/8", "::1")).reveal();
    String elsewhere =
        tokens.create(NewToken.named("other").allowedAddresses("192.0.2.0/24")).reveal();
    assertThat(sendRequest(request("/api/hello").header("Authorization", "Bearer " + here))
            .statusCode())
        .isEqualTo(200);
    assertThat(sendRequest(request("/api/hello").header("Authorization", "Bearer " + elsewhere))
            .statusCode())
        .isEqualTo(401);
  }

  @Test
  void a_request_without_a_token_is_rejected() throws Exception {
    for (String path :
        List.of("/api/hello", "/api/hello/more", "/api/tokens", "/api/tokens/create")) {
      assertRejected(sendRequest(request(path)), 401, "Bearer realm=\"api\"");
      assertRejected(
          sendRequest(request(path)
              .header("Authorization", "Bearer " + bot.reveal())
              .header("Authorization", "Bearer " + bot.reveal())),
          400,
          "Bearer realm=\"api\", error=\"invalid_request\"");
    }
  }

  @Test
  void tokens_are_managed() throws Exception {
    HttpResponse<String> created = send("POST", "/api/tokens/create", "{\"name\":\"second\"}");
    assertThat(created.statusCode()).isEqualTo(200);
    assertThat(created.headers().firstValue("Cache-Control")).contains("no-store");
    assertThat(created.body()).contains("\"token\":\"cf_");

    assertThat(send("POST", "/api/tokens/create", "{\"name\":\"second\"}").statusCode())
        .isEqualTo(409);
    long id = tokens.find("ann", "second").orElseThrow().id();
    assertThat(
            send("POST", "/api/tokens/setEnabled/" + id, "{\"enabled\":false}").statusCode())
        .isEqualTo(200);
    assertThat(send("GET", "/api/tokens", "").body())
        .contains("\"name\":\"second\",\"enabled\":false")
        .doesNotContain("cf_");
    assertThat(send("POST", "/api/tokens/delete/" + id, "").statusCode()).isEqualTo(200);
    assertThat(send("GET", "/api/tokensAndMore", "").statusCode()).isEqualTo(404);
    HttpResponse<String> head = send("HEAD", "/api/tokens", "");
    assertThat(head.statusCode()).isEqualTo(200);
    assertThat(head.body()).isEmpty();
  }

  @Test
  void a_long_list_is_sent_in_pages_and_truncated_if_the_store_fails() throws Exception {
    for (int i = 0; i < 1000; i++) {
      tokens.create(NewToken.named("t" + i).owner("ann"));
    }
    String list = send("GET", "/api/tokens", "").body();
    assertThat(list).contains("\"name\":\"t0\"", "\"name\":\"t999\"").endsWith("}]}");
    assertThat(send("HEAD", "/api/tokens", "").statusCode()).isEqualTo(200);
    long before = bot.token().id() - 1;
    HttpResponse<String> page = send("GET", "/api/tokens?limit=2&after=" + before, "");
    assertThat(page.headers().firstValue("Link"))
        .contains("<?after=" + (before + 2) + "&limit=2>; rel=\"next\"");
    failing.set(true);
    try {
      assertThatThrownBy(() -> send("GET", "/api/tokens", "")).isInstanceOf(IOException.class);
    } finally {
      failing.set(false);
      tokens.deleteOwnedBy("ann");
    }
  }

  private HttpResponse<String> send(String method, String path, String json) throws Exception {
    return sendRequest(request(path)
        .header("Authorization", "Bearer " + bot.reveal())
        .header("Content-Type", "application/json")
        .method(method, json.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(json)));
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create(server.url() + path));
  }

  private static HttpResponse<String> sendRequest(HttpRequest.Builder request) throws Exception {
    return HttpClient.newHttpClient().send(request.build(), BodyHandlers.ofString());
  }

  private static void assertRejected(HttpResponse<String> response, int status, String challenge) {
    assertThat(response.statusCode()).isEqualTo(status);
    assertThat(response.headers().allValues("WWW-Authenticate")).containsExactly(challenge);
    assertThat(response.body()).startsWith("{\"success\":false,\"msg\":\"");
  }
}
