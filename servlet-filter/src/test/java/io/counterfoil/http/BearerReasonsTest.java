package io.counterfoil.http;

import static io.counterfoil.http.ApiFixture.text;
import static org.assertj.core.api.Assertions.assertThat;

import io.counterfoil.NewToken;
import io.counterfoil.StoredToken;
import io.counterfoil.TokenManager;
import io.counterfoil.Verdict;
import io.counterfoil.http.BearerAuthenticator.Granted;
import io.counterfoil.http.BearerAuthenticator.Refused;
import io.counterfoil.memory.InMemoryTokenStore;
import io.counterfoil.testing.BrokenStore;
import io.counterfoil.testing.CapturedLog;
import io.counterfoil.testing.CountingStore;
import io.counterfoil.testing.TestClock;
import java.time.Duration;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A7, C2: only the host learns why a token is rejected; the client gets the same response for every reason. */
class BearerReasonsTest {
  private final Set<String> gone = new HashSet<>();
  private final CountingStore store = new CountingStore();
  private final TestClock clock = new TestClock();
  private final TokenManager tokens = TokenManager.builder(store)
      .clock(clock)
      .activeOwners(owner -> !gone.contains(owner))
      .maxIdle(Duration.ofHours(1))
      .build();
  private final BearerAuthenticator bearer = BearerAuthenticator.builder(tokens)
      .routes(RouteScopes.builder().scope("a", "GET /a").build())
      .build();
  private final Map<Verdict.Reason, String> rejected = new EnumMap<>(Verdict.Reason.class);

  @BeforeEach
  void makeOneOfEach() throws Exception {
    rejected.put(Verdict.Reason.MALFORMED, "nonsense");
    rejected.put(
        Verdict.Reason.UNKNOWN,
        TokenManager.builder(new InMemoryTokenStore())
            .build()
            .create(NewToken.named("x"))
            .reveal());
    rejected.put(Verdict.Reason.DISABLED, plaintext(NewToken.named("disabled")));
    tokens.disable(1);
    rejected.put(
        Verdict.Reason.EXPIRED,
        plaintext(NewToken.named("expired").expiresAt(clock.instant().plusSeconds(1))));
    rejected.put(Verdict.Reason.IDLE, plaintext(NewToken.named("idle")));
    clock.advance(Duration.ofHours(2));
    rejected.put(
        Verdict.Reason.OWNER_INACTIVE,
        plaintext(NewToken.named("orphan").owner("ann").scopes("a")));
    gone.add("ann");
    rejected.put(Verdict.Reason.ADDRESS_NOT_ALLOWED, boundToAnAddress());
    rejected.put(Verdict.Reason.LEAKED, plaintext(NewToken.named("leaked")));
    tokens.reportLeak(rejected.get(Verdict.Reason.LEAKED));
  }

  private String plaintext(NewToken newToken) {
    return tokens.create(newToken).reveal();
  }

  /** Stores a token bound to an address. */
  private String boundToAnAddress() throws Exception {
    String plaintext = plaintext(NewToken.named("template"));
    StoredToken template = store.content().get(store.content().size() - 1);
    tokens.delete(template.id());
    store.insert(template.toBuilder()
        .id(StoredToken.UNSAVED)
        .allowedAddresses(Set.of("127.0.0.1"))
        .build());
    return plaintext;
  }

  @Test // fails if a new reason has no token here
  void there_is_a_token_for_every_reason() {
    assertThat(rejected).containsOnlyKeys(Verdict.Reason.values());
    rejected.forEach((reason, plaintext) -> assertThat(tokens.authenticate(plaintext))
        .isInstanceOfSatisfying(
            Verdict.Rejected.class, verdict -> assertThat(verdict.reason()).isEqualTo(reason)));
  }

  @Test
  void every_reason_is_answered_with_the_same_bytes() {
    Set<String> responses = new HashSet<>();
    for (String plaintext : rejected.values()) {
      for (String path : List.of("/a", "/nothing")) {
        ApiResponse response = refused(bearer, path, plaintext);
        responses.add(response.status() + " " + response.headers() + text(response));
      }
    }
    assertThat(responses)
        .containsExactly("401 {Content-Type=[application/json], Cache-Control=[no-store],"
            + " X-Content-Type-Options=[nosniff], WWW-Authenticate=[Bearer realm=\"api\","
            + " error=\"invalid_token\"]}"
            + "{\"success\":false,\"msg\":\"a valid API token is needed\"}");
  }

  @Test
  void with_explanations_the_holder_of_a_right_plaintext_reads_which_reason_it_was() {
    BearerAuthenticator explaining =
        BearerAuthenticator.builder(tokens).explainRejections().build();
    Map<Verdict.Reason, String> explained = Map.of(
        Verdict.Reason.EXPIRED, "the token has expired",
        Verdict.Reason.DISABLED, "the token is disabled",
        Verdict.Reason.IDLE, "the token was unused for too long");
    explained.forEach((reason, text) -> {
      ApiResponse response = refused(explaining, "/a", rejected.get(reason));
      assertThat(response.status()).isEqualTo(401);
      assertThat(response.headers())
          .containsEntry(
              "WWW-Authenticate",
              List.of("Bearer realm=\"api\", error=\"invalid_token\", error_description=\"" + text
                  + '"'));
      assertThat(text(response))
          .isEqualTo("{\"success\":false,\"msg\":\"a valid API token is needed: " + text + "\"}");
    });
  }

  @Test
  void with_explanations_every_other_reason_is_answered_as_without_them() {
    BearerAuthenticator explaining =
        BearerAuthenticator.builder(tokens).explainRejections().build();
    for (Verdict.Reason reason : EnumSet.complementOf(
        EnumSet.of(Verdict.Reason.EXPIRED, Verdict.Reason.DISABLED, Verdict.Reason.IDLE))) {
      ApiResponse response = refused(explaining, "/a", rejected.get(reason));
      ApiResponse without = refused(bearer, "/a", rejected.get(reason));
      assertThat(text(response)).isEqualTo(text(without));
      assertThat(response.headers()).isEqualTo(without.headers());
    }
  }

  @Test
  void with_hidden_existence_nothing_is_explained() {
    BearerAuthenticator hidden =
        BearerAuthenticator.builder(tokens).explainRejections().hideExistence().build();
    Set<String> responses = new HashSet<>();
    for (String plaintext : rejected.values()) {
      ApiResponse response = refused(hidden, "/a", plaintext);
      responses.add(response.status() + " " + response.headers() + text(response));
    }
    assertThat(responses).singleElement().asString().startsWith("404 ");
  }

  @Test
  void an_explained_rejection_counts_for_the_throttle() {
    BearerAuthenticator throttled = BearerAuthenticator.builder(tokens)
        .explainRejections()
        .throttle(1, Duration.ofMinutes(1))
        .build();
    FakeRequest request = FakeRequest.get("/a")
        .from("192.0.2.1")
        .field("Authorization", "Bearer " + rejected.get(Verdict.Reason.EXPIRED));
    assertThat(((Refused) throttled.check(request)).answer().status()).isEqualTo(401);
    assertThat(((Refused) throttled.check(request)).answer().status()).isEqualTo(429);
  }

  @Test
  void the_token_of_an_owner_that_is_active_again_is_accepted() {
    gone.clear();
    String presented = "Bearer " + rejected.get(Verdict.Reason.OWNER_INACTIVE);
    assertThat(bearer.check("GET", "/a", List.of(presented))).isInstanceOf(Granted.class);
  }

  @Test // I1, I2, C5, L1
  void a_failing_owner_check_is_answered_503_with_retry_after() throws Exception {
    String plaintext = plaintext(NewToken.named("ci"));
    for (Throwable failure : BrokenStore.failures().toList()) {
      BearerAuthenticator broken = BearerAuthenticator.builder(TokenManager.builder(store)
              .clock(clock)
              .activeOwners(owner -> thrown(failure))
              .build())
          .build();
      String log = CapturedLog.of(() -> {
        ApiResponse response = refused(broken, "/a", plaintext);
        assertThat(response.status()).isEqualTo(503);
        assertThat(response.headers()).containsEntry("Retry-After", List.of("5"));
        assertThat(response.headers()).doesNotContainKey("WWW-Authenticate");
        assertThat(text(response))
            .isEqualTo("{\"success\":false,\"msg\":\"tokens are not available now, try again\"}");
      });
      assertThat(log).contains("Answered 503").doesNotContain(BrokenStore.SECRET, plaintext);
    }
  }

  private static boolean thrown(Throwable failure) {
    if (failure instanceof Error error) {
      throw error;
    }
    throw (RuntimeException) failure;
  }

  private static ApiResponse refused(BearerAuthenticator bearer, String path, String plaintext) {
    return ((Refused) bearer.check("GET", path, List.of("Bearer " + plaintext))).answer();
  }
}
