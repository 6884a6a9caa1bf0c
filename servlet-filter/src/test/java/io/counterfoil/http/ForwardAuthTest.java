package io.counterfoil.http;

import static io.counterfoil.http.ApiFixture.text;
import static io.counterfoil.http.FakeRequest.get;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.counterfoil.KnownScopes;
import io.counterfoil.NewToken;
import io.counterfoil.TokenManager;
import io.counterfoil.testing.BrokenStore;
import io.counterfoil.testing.CapturedLog;
import java.net.URLDecoder;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** M1, P2, P9: a gateway asks whether to let a request in. */
class ForwardAuthTest {
  private static final String GATEWAY = "192.0.2.1";

  private final ApiFixture fixture = new ApiFixture();
  private final String reader = fixture
      .tokens
      .create(NewToken.named("reader").scopes("read").owner("ann"))
      .reveal(); // id 2
  private final ForwardAuth auth = auth(UnaryOperator.identity());

  private ForwardAuth auth(UnaryOperator<BearerAuthenticator.Builder> settings) {
    RouteScopes routes = RouteScopes.builder()
        .scope("read", "GET /servers/*", "GET /files/**")
        .scope("write", "POST /servers/*")
        .anyToken("GET /open")
        .build();
    return ForwardAuth.of(settings
        .apply(BearerAuthenticator.builder(fixture.tokens)
            .routes(routes)
            .trustedProxies(ForwardedHeader.X_FORWARDED_FOR, GATEWAY))
        .build());
  }

  private static FakeRequest withToken(FakeRequest request, String plaintext) {
    return request.field("Authorization", "Bearer " + plaintext);
  }

  /** A request of the gateway itself, without a target. */
  private FakeRequest asking() {
    return withToken(get("/auth").from(GATEWAY), reader);
  }

  private static FakeRequest forwarded(FakeRequest request, String method, String uri) {
    return request.field("X-Forwarded-Method", method).field("X-Forwarded-Uri", uri);
  }

  private static FakeRequest original(FakeRequest request, String method, String uri) {
    return request.field("X-Original-Method", method).field("X-Original-URI", uri);
  }

  private int status(FakeRequest request) {
    return auth.handle(request).status();
  }

  private Map<String, List<String>> granted(NewToken newToken) {
    String plaintext = fixture.tokens.create(newToken).reveal();
    FakeRequest request = forwarded(get("").from(GATEWAY), "GET", "/open");
    ApiResponse response = auth.handle(withToken(request, plaintext));
    assertThat(response.status()).isEqualTo(200);
    return response.headers();
  }

  @Test
  void a_granted_request_gets_the_three_headers_of_its_token() {
    ApiResponse response = auth.handle(forwarded(asking(), "GET", "/servers/1?page=2"));
    assertThat(response.status()).isEqualTo(200);
    assertThat(text(response)).isEmpty();
    assertThat(response.headers())
        .containsEntry("X-Token-Id", List.of("2"))
        .containsEntry("X-Token-Owner", List.of("ann"))
        .containsEntry("X-Token-Scopes", List.of("read"))
        .containsEntry("Cache-Control", List.of("no-store"));
  }

  @Test // P1, P2
  void no_header_is_ever_empty() {
    assertThat(granted(NewToken.named("x")))
        .containsEntry("X-Token-Id", List.of("3"))
        .containsEntry("X-Token-Owner", List.of("token:3"))
        .containsEntry("X-Token-Scopes", List.of("-"));
    assertThat(granted(NewToken.named("y").unrestricted()))
        .containsEntry("X-Token-Scopes", List.of("*"));
    assertThat(granted(NewToken.named("z").scopes("*", "read")))
        .as("unrestricted, so other scopes say nothing")
        .containsEntry("X-Token-Scopes", List.of("*"));
  }

  @Test
  void scopes_that_are_implied_are_sent_too() {
    ApiFixture knowing = ApiFixture.knowing(
        KnownScopes.none().scope("read", "reads").scope("write", "writes", "read"));
    String plaintext =
        knowing.tokens.create(NewToken.named("x").scopes("write")).reveal();
    BearerAuthenticator bearer = BearerAuthenticator.builder(knowing.tokens)
        .trustedProxies(ForwardedHeader.X_FORWARDED_FOR, GATEWAY)
        .build();
    FakeRequest request = forwarded(get("").from(GATEWAY), "GET", "/anything");
    assertThat(ForwardAuth.of(bearer).handle(withToken(request, plaintext)).headers())
        .containsEntry("X-Token-Scopes", List.of("read write"));
  }

  @ParameterizedTest
  @CsvSource({
    "ann@example.com, ann@example.com",
    "'Ann B, C', Ann%20B%2C%20C",
    "-, %2D",
    "--, --",
    "%2D, %252D",
    "a+b, a%2Bb",
    "'a;\"b\\', a%3B%22b%5C",
    "\u00c4\u20ac\ud83d\ude00, %C3%84%E2%82%AC%F0%9F%98%80",
    "*, *"
  })
  void an_owner_is_encoded_so_that_every_decoder_returns_it(String owner, String encoded) {
    String sent = granted(NewToken.named("x").owner(owner)).get("X-Token-Owner").get(0);
    assertThat(sent).isEqualTo(encoded);
    assertThat(URLDecoder.decode(sent, UTF_8)).as("a decoder of forms").isEqualTo(owner);
    assertThat(PercentEncoding.decode(sent)).contains(owner);
  }

  @Test
  void scopes_are_split_first_and_then_decoded() {
    Map<String, List<String>> headers =
        granted(NewToken.named("x").scopes("-", "a,b", "%41", "x:y", "p+q", "~"));
    String[] sent = headers.get("X-Token-Scopes").get(0).split(" ");
    assertThat(sent).containsExactlyInAnyOrder("%2D", "a%2Cb", "%2541", "x:y", "p%2Bq", "~");
    assertThat(List.of(sent).stream().map(scope -> URLDecoder.decode(scope, UTF_8)))
        .containsExactlyInAnyOrder("-", "a,b", "%41", "x:y", "p+q", "~");
    assertThat(granted(NewToken.named("y").scopes("-")))
        .containsEntry("X-Token-Scopes", List.of("%2D"));
  }

  @Test // M1
  void the_routes_judge_the_method_and_path_that_the_gateway_names() {
    assertThat(status(forwarded(asking(), "GET", "/servers/1"))).isEqualTo(200);
    assertThat(status(forwarded(asking(), "HEAD", "/servers/1"))).isEqualTo(200);
    assertThat(status(forwarded(asking(), "POST", "/servers/1"))).isEqualTo(403);
    assertThat(status(forwarded(asking(), "get", "/servers/1"))).as("case").isEqualTo(403);
    assertThat(status(forwarded(asking(), "GET", "/Servers/1"))).isEqualTo(403);
    assertThat(status(forwarded(asking(), "GET", "/other"))).isEqualTo(403);
    assertThat(status(original(asking(), "GET", "/servers/1"))).isEqualTo(200);
    assertThat(status(asking()
            .field("X-Original-Method", "GET")
            .field("X-Original-URL", "https://example.com:8443/servers/1?a")))
        .isEqualTo(200);
  }

  @Test
  void the_request_of_the_gateway_itself_plays_no_role() {
    for (String method : List.of("GET", "HEAD", "POST", "OPTIONS", "PURGE")) {
      FakeRequest request =
          new FakeRequest(method, "/servers/9").query("x=/servers/1").from(GATEWAY);
      assertThat(status(forwarded(withToken(request, reader), "GET", "/servers/1")))
          .isEqualTo(200);
      assertThat(request.bodyOpened()).isZero();
      assertThat(status(withToken(new FakeRequest(method, "/servers/9").from(GATEWAY), reader)))
          .as("its path is not the target")
          .isEqualTo(403);
    }
  }

  @Test // B4, C1, C2
  void a_request_without_a_valid_token_gets_the_response_of_the_check() {
    FakeRequest none = forwarded(get("").from(GATEWAY), "GET", "/servers/1");
    assertThat(auth.handle(none).status()).isEqualTo(401);
    assertThat(auth.handle(none).headers())
        .containsEntry("WWW-Authenticate", List.of("Bearer realm=\"api\""))
        .doesNotContainKeys("X-Token-Id", "X-Token-Owner", "X-Token-Scopes");
    assertThat(status(withToken(none, "cf_wrong"))).isEqualTo(401);
    assertThat(status(withToken(forwarded(asking(), "GET", "/servers/1"), reader)))
        .isEqualTo(400);
    fixture.tokens.disable(2);
    assertThat(status(forwarded(asking(), "GET", "/servers/1"))).isEqualTo(401);
  }

  @Test
  void a_check_that_passes_requests_on_passes_none_on_here() {
    ForwardAuth passing = auth(builder -> builder.passWithoutBearer().passForeignBearer());
    FakeRequest none = forwarded(get("").from(GATEWAY), "GET", "/servers/1");
    assertThat(passing.handle(none).status()).isEqualTo(401);
    assertThat(passing.handle(withToken(none, "eyJhbGciOi")).status()).isEqualTo(401);
  }

  @Test
  void a_failing_store_lets_nobody_in() {
    BrokenStore.failures().forEach(failure -> {
      TokenManager broken =
          TokenManager.builder(BrokenStore.throwing(failure)).recordNoUses().build();
      ForwardAuth failing = ForwardAuth.of(BearerAuthenticator.builder(broken)
          .trustedProxies(ForwardedHeader.X_FORWARDED_FOR, GATEWAY)
          .build());
      CapturedLog.of(() -> assertThat(
              failing.handle(forwarded(asking(), "GET", "/servers/1")).status())
          .isEqualTo(503));
    });
  }

  @Test // D6, P9
  void a_request_of_another_peer_is_refused_whatever_it_claims() {
    for (String peer : List.of("192.0.2.2", "::1", "127.0.0.1")) {
      FakeRequest request = forwarded(get("").from(peer), "GET", "/servers/1")
          .field("X-Forwarded-For", GATEWAY)
          .field("Forwarded", "for=" + GATEWAY);
      fixture.assertRefused(auth, withToken(request, reader), 403);
    }
    FakeRequest unknown = forwarded(get(""), "GET", "/servers/1");
    fixture.assertRefused(auth, withToken(unknown, reader), 403);
  }

  @Test
  void a_request_without_one_target_is_refused() {
    for (FakeRequest request : List.of(
        asking(),
        asking().field("X-Forwarded-Method", "GET"),
        asking().field("X-Forwarded-Uri", "/servers/1"),
        asking().field("X-Original-URI", "/servers/1"),
        asking().field("X-Original-Method", "GET"),
        asking().field("X-Forwarded-Method", "GET").field("X-Original-URI", "/servers/1"),
        forwarded(asking(), "GET", ""),
        forwarded(asking(), "", "/servers/1"),
        forwarded(asking(), "GET ", "/servers/1"),
        forwarded(asking(), "GET, GET", "/servers/1"))) {
      fixture.assertRefused(auth, request, 403);
    }
  }

  @Test // D6
  void headers_that_are_repeated_or_disagree_are_refused() {
    FakeRequest agreeing = original(forwarded(asking(), "GET", "/servers/1"), "GET", "/servers/1");
    assertThat(status(agreeing.field("X-Original-URL", "http://h/servers/1"))).isEqualTo(200);
    for (FakeRequest request : List.of(
        forwarded(asking(), "GET", "/servers/1").field("X-Forwarded-Uri", "/servers/1"),
        forwarded(asking(), "GET", "/servers/1").field("x-forwarded-method", "GET"),
        original(asking(), "GET", "/servers/1").field("X-Original-URI", "/servers/1"),
        original(forwarded(asking(), "GET", "/servers/1"), "GET", "/servers/2"),
        original(forwarded(asking(), "GET", "/servers/1"), "POST", "/servers/1"),
        forwarded(asking(), "GET", "/servers/1").field("X-Original-Method", "GET"),
        original(asking(), "GET", "/servers/1").field("X-Forwarded-Method", "GET"),
        original(asking(), "GET", "/servers/1").field("X-Original-URL", "http://h/servers/2"),
        original(asking(), "GET", "/servers/1").field("X-Original-URL", "/servers/1;"))) {
      fixture.assertRefused(auth, request, 403);
    }
  }

  @ParameterizedTest // D2, D3
  @ValueSource(
      strings = {
        "/files/a%2Fb",
        "/files/a%2fb",
        "/files/a%5Cb",
        "/files/a%5cb",
        "/files/a\\b",
        "/files/a;b",
        "/files;v=1/a",
        "/files/a%3Bb",
        "/files/./a",
        "/files/../servers/1",
        "/files/%2e/a",
        "/files/%2E%2e/servers/1",
        "/files/.%2e",
        "/files/..",
        "//files/a",
        "/files//a",
        "/files/a//",
        "/files/a%",
        "/files/a%4",
        "/files/a%zz",
        "/files/a%\uff14\uff11",
        "/files/\u00e4",
        "/files/a\u2215b",
        "/files/%C3",
        "/files/%C0%AF",
        "/files/%ED%A0%80",
        "/files/%FF",
        "/files/a%00",
        "/files/a%0d%0a",
        "/files/a%7f",
        "/files/a\u0000",
        "/files/a b",
        "/files/a\t",
        "/files/a%2561",
        "/files/a%25",
        "/files/a%3Fb",
        "/files/a#b",
        "/files/a%23b",
        "/files/*",
        "/files/%2a",
        "files/a",
        "*",
        "http://host/files/a",
        "https://host/files/a",
        "/files/%EF%BF%BD",
        "?/files/a",
        " /files/a"
      })
  void an_ambiguous_path_is_refused(String uri) {
    fixture.assertRefused(auth, forwarded(asking(), "GET", uri), 403);
    fixture.assertRefused(auth, original(asking(), "GET", uri), 403);
    BearerAuthenticator open = BearerAuthenticator.builder(fixture.tokens)
        .trustedProxies(ForwardedHeader.X_FORWARDED_FOR, GATEWAY)
        .build();
    ApiHandler withoutRoutes = ForwardAuth.of(open);
    fixture.assertRefused(withoutRoutes, forwarded(asking(), "GET", uri), 403);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/files/a",
        "/files/%61",
        "/%66iles/a",
        "/files/a%20b",
        "/files/%C3%A4",
        "/files/a+b",
        "/files/a.b",
        "/files/...",
        "/files/a?x=/../;//%2f",
        "/files/a?",
        "/files/a?b?c#d",
        "/files/a=b&c",
        "/files/a%2Ab",
        "/files/~a%7E"
      })
  void an_unambiguous_path_is_decoded_once_and_judged_without_its_query(String uri) {
    assertThat(status(forwarded(asking(), "GET", uri))).isEqualTo(200);
  }

  @ParameterizedTest // the client chooses the host
  @ValueSource(
      strings = {
        "http://h", "http://h?/files/a", "http://h#/files/a", "http://h;x/files/a",
        "http://u@h/files/a", "http://h//files/a", "ftp://h/files/a", "http:///files/a",
        "http://h\\@x/files/a", "http://h:x/files/a", "http://%68/files/a", "//h/files/a",
        "http://h/files/a/../b", "HTTP://h/files/a", "http://http://h/files/a"
      })
  void a_url_whose_host_could_move_its_path_is_refused(String url) {
    fixture.assertRefused(
        auth, asking().field("X-Original-Method", "GET").field("X-Original-URL", url), 403);
  }

  @Test // P9
  void the_address_of_the_client_is_the_one_that_the_gateway_reports() {
    String bound = fixture
        .tokens
        .create(NewToken.named("bound").scopes("read").allowedAddresses("198.51.100.7"))
        .reveal();
    for (Map.Entry<String, Integer> client : Map.of(
            "198.51.100.7", 200, "198.51.100.8", 401, "198.51.100.7, 203.0.113.1", 401)
        .entrySet()) {
      FakeRequest request = withToken(
          forwarded(get("").from(GATEWAY), "GET", "/servers/1")
              .field("X-Forwarded-For", client.getKey()),
          bound);
      assertThat(status(request)).as(client.getKey()).isEqualTo(client.getValue());
    }
    assertThat(status(withToken(forwarded(get("").from(GATEWAY), "GET", "/servers/1"), bound)))
        .as("the address of the gateway is not the client's")
        .isEqualTo(401);
  }

  @Test
  void rejected_attempts_are_counted_for_the_client_and_not_for_the_gateway() {
    ForwardAuth throttled = auth(builder -> builder.throttle(1, Duration.ofMinutes(1)));
    List<Integer> statuses = List.of("198.51.100.1", "198.51.100.1", "198.51.100.2").stream()
        .map(client -> throttled
            .handle(withToken(
                forwarded(get("").from(GATEWAY), "GET", "/servers/1")
                    .field("X-Forwarded-For", client),
                "cf_wrong"))
            .status())
        .toList();
    assertThat(statuses).containsExactly(401, 429, 401);
  }

  @Test
  void with_hidden_existence_a_missing_target_is_not_revealed_either() {
    ForwardAuth hidden = auth(BearerAuthenticator.Builder::hideExistence);
    assertThat(hidden.handle(forwarded(asking(), "GET", "/a//b")).status()).isEqualTo(404);
    assertThat(hidden.handle(get("").from("192.0.2.9")).status()).isEqualTo(404);
  }

  @Test
  void a_check_without_trusted_proxies_is_a_mistake() {
    BearerAuthenticator bearer = BearerAuthenticator.builder(fixture.tokens).build();
    assertThatThrownBy(() -> ForwardAuth.of(bearer))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("bearer: without trusted proxies"
            + " (expected: trustedProxies with the address of the gateway)");
  }

  @Test // F5
  void the_store_is_not_asked_about_a_request_without_a_target() {
    fixture.store.lookups();
    status(asking());
    assertThat(fixture.store.lookups()).isZero();
    status(forwarded(asking(), "GET", "/open"));
    assertThat(fixture.store.lookups()).isEqualTo(1);
  }
}
