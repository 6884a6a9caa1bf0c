package io.counterfoil.dropwizard;

import static org.assertj.core.api.Assertions.assertThat;

import io.counterfoil.NewToken;
import io.counterfoil.StoredToken;
import io.counterfoil.TokenHash;
import io.counterfoil.TokenManager;
import io.counterfoil.TokenStoreException;
import io.counterfoil.http.BearerAuthenticator;
import io.counterfoil.memory.InMemoryTokenStore;
import io.counterfoil.testkit.ForwardingTokenStore;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The JAX-RS module in an application with Dropwizard's own filters, exception mappers and connectors. */
class DropwizardTest {
  private static final HttpClient CLIENT = HttpClient.newHttpClient();
  private static final AtomicBoolean failing = new AtomicBoolean();
  private static final TokenManager tokens = TokenManager.builder(
          new ForwardingTokenStore(new InMemoryTokenStore()) {
            @Override
            public Optional<StoredToken> findByHash(List<TokenHash> candidates) {
              if (failing.get()) {
                throw new TokenStoreException("away");
              }
              return super.findByHash(candidates);
            }
          })
      .build();
  private static final String READER = create(NewToken.named("reader"));
  private static final String WRITER = create(NewToken.named("writer").scopes("servers:write"));
  private static final String ALL = create(NewToken.named("all").unrestricted());

  private static GuardedApplication application;

  private static String create(NewToken token) {
    return tokens.create(token.owner("ann")).reveal();
  }

  @BeforeAll
  static void start() throws Exception {
    application = GuardedApplication.start(BearerAuthenticator.builder(tokens).build());
  }

  @AfterAll
  static void stop() throws Exception {
    application.stop();
    tokens.close();
  }

  private static HttpRequest.Builder request(String connector, String path) {
    int port = application.port(connector);
    return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path));
  }

  private static HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
    return CLIENT.send(request.build(), BodyHandlers.ofString());
  }

  private static HttpResponse<String> get(String path) throws Exception {
    return send(request("application", path));
  }

  private static HttpResponse<String> get(String path, String plaintext) throws Exception {
    return send(request("application", path).header("Authorization", "Bearer " + plaintext));
  }

  private static HttpResponse<String> post(String body, String plaintext) throws Exception {
    return send(request("application", "/servers")
        .header("Authorization", "Bearer " + plaintext)
        .header("Content-Type", "application/json")
        .POST(BodyPublishers.ofString(body)));
  }

  private static void assertRan(HttpResponse<String> response, String body) {
    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.body()).isEqualTo(body);
  }

  /** The response of the library, not that of one of Dropwizard's exception mappers. */
  private static void assertRefused(HttpResponse<String> response, int status) {
    assertThat(response.statusCode()).isEqualTo(status);
    assertThat(response.body()).startsWith("{\"success\":false,\"msg\":\"");
    assertThat(response.headers().firstValue("Content-Type")).contains("application/json");
    assertThat(response.headers().firstValue("Cache-Control")).contains("no-store");
  }

  private static void assertMapped(HttpResponse<String> response, int status) {
    assertThat(response.statusCode()).isEqualTo(status);
    assertThat(response.body()).startsWith("{\"code\":" + status + ",\"message\":\"");
  }

  private static void assertChallenge(HttpResponse<String> response, String challenge) {
    assertThat(response.headers().allValues("WWW-Authenticate")).containsExactly(challenge);
  }

  @Test
  void a_request_without_a_valid_token_is_401_with_a_challenge() throws Exception {
    HttpResponse<String> none = get("/servers");
    assertRefused(none, 401);
    assertChallenge(none, "Bearer realm=\"api\"");
    HttpResponse<String> wrong = get("/servers", "cf_wrong");
    assertRefused(wrong, 401);
    assertChallenge(wrong, "Bearer realm=\"api\", error=\"invalid_token\"");
  }

  @Test
  void a_missing_scope_is_403_and_named_in_the_challenge() throws Exception {
    HttpResponse<String> response = post("{\"name\":\"a\"}", READER);
    assertRefused(response, 403);
    assertChallenge(
        response, "Bearer realm=\"api\", error=\"insufficient_scope\", scope=\"servers:write\"");
    assertRan(post("{\"name\":\"a\"}", WRITER), "created a");
  }

  @Test
  void the_principal_is_the_owner_of_the_token() throws Exception {
    assertRan(get("/servers", READER), "the servers of ann");
  }

  @Test
  void a_method_without_an_annotation_is_refused() throws Exception {
    assertRefused(get("/servers/undeclared"), 401);
    assertRefused(get("/servers/undeclared", ALL), 403);
  }

  @Test
  void a_method_without_a_token_ignores_a_bad_one() throws Exception {
    assertRan(get("/servers/version"), "1.0");
    assertRan(get("/servers/version", "cf_wrong"), "1.0");
  }

  @Test
  void a_failing_store_is_503() throws Exception {
    failing.set(true);
    try {
      HttpResponse<String> response = get("/servers", READER);
      assertRefused(response, 503);
      assertThat(response.headers().firstValue("Retry-After")).contains("5");
      assertRan(get("/servers/version"), "1.0");
    } finally {
      failing.set(false);
    }
  }

  @Test
  void other_errors_are_those_of_dropwizards_exception_mappers() throws Exception {
    assertMapped(get("/nothing"), 404);
    assertMapped(get("/servers/fails", READER), 500);
    assertMapped(post("{", WRITER), 400);
  }

  @Test
  void a_body_is_parsed_and_validated_only_with_the_scope() throws Exception {
    String invalid = "{\"name\":\"\"}";
    for (String body : List.of("{", invalid)) {
      assertRefused(post(body, "cf_wrong"), 401);
      assertRefused(post(body, READER), 403);
    }
    assertThat(post(invalid, WRITER).statusCode()).isEqualTo(422);
  }

  @Test
  void a_bound_token_is_accepted_only_from_its_addresses() throws Exception {
    String here = create(NewToken.named("here").allowedAddresses("127.0.0.1"));
    String elsewhere = create(NewToken.named("elsewhere").allowedAddresses("192.0.2.1"));
    assertRan(get("/servers", here), "the servers of ann");
    assertRefused(get("/servers", elsewhere), 401);
    assertRefused(
        send(request("application", "/servers")
            .header("Authorization", "Bearer " + elsewhere)
            .header("X-Forwarded-For", "192.0.2.1")),
        401);
  }

  @Test
  void the_admin_connector_needs_no_token() throws Exception {
    assertRan(send(request("admin", "/ping")), "pong\n");
    assertThat(send(request("admin", "/healthcheck").header("Authorization", "Bearer cf_wrong"))
            .statusCode())
        .isEqualTo(200);
  }
}
