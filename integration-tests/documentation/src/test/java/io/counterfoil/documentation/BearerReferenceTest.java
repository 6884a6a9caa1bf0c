package io.counterfoil.documentation;

import static org.assertj.core.api.Assertions.assertThat;

import io.counterfoil.NewToken;
import io.counterfoil.TokenManager;
import io.counterfoil.TokenStore;
import io.counterfoil.TokenStoreException;
import io.counterfoil.documentation.Table.Row;
import io.counterfoil.http.ApiRequest;
import io.counterfoil.http.ApiResponse;
import io.counterfoil.http.BearerAuthenticator;
import io.counterfoil.http.BearerAuthenticator.Refused;
import io.counterfoil.http.RouteScopes;
import io.counterfoil.memory.InMemoryTokenStore;
import io.counterfoil.testing.TestClock;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The table of responses of the bearer check in docs/reference.md equals the responses of real checks. */
class BearerReferenceTest {
  private final TestClock clock = new TestClock();
  private final TokenManager tokens =
      TokenManager.builder(new InMemoryTokenStore()).clock(clock).build();
  private final Set<String> responses = new TreeSet<>();
  private final Set<String> retries = new TreeSet<>();

  @Test
  void every_response_is_listed_with_its_message_and_challenge() throws IOException {
    refuse();
    Problems problems = new Problems();
    Set<String> missing = new TreeSet<>(responses);
    for (Row row :
        Page.of("docs/reference.md").table("Responses of the bearer check").rows()) {
      String listed = String.join(" | ", row.text(0), row.text(1), row.text(2));
      problems.compare(row, missing.remove(listed) ? listed : listed + " is not sent", listed);
      boolean mentionsRetry = row.text(3).contains("Retry-After");
      problems.compare(row, mentionsRetry, retries.contains(row.text(0)));
    }
    problems.assertNone();
    assertThat(missing).isEmpty();
  }

  private void refuse() throws IOException {
    String plaintext = tokens.create(NewToken.named("ci")).reveal();
    String expiring =
        tokens.create(NewToken.named("old").expiresIn(Duration.ofHours(1))).reveal();
    clock.advance(Duration.ofHours(2));
    check(builder -> builder, request());
    check(builder -> builder, request("Bearer nonsense"));
    check(BearerAuthenticator.Builder::explainRejections, request("Bearer " + expiring));
    check(builder -> builder, request("Bearer " + plaintext, "Bearer " + plaintext));
    check(builder -> builder.scope("servers:read"), request("Bearer " + plaintext));
    String writer =
        tokens.create(NewToken.named("writer").scopes("servers:write")).reveal();
    check(builder -> builder.scope("servers:read"), request("Bearer " + writer));
    check(
        builder -> builder.routes(RouteScopes.builder().anyToken("GET /a").build()),
        request("Bearer " + plaintext));
    check(BearerAuthenticator.Builder::hideExistence, request());
    check(BearerAuthenticator.Builder::refuseCleartext, request("Bearer " + plaintext));
    check(BearerAuthenticator.Builder::basicPassword, request());
    BearerAuthenticator throttled =
        BearerAuthenticator.builder(tokens).throttle(1, Duration.ofMinutes(1)).build();
    throttled.check(request("Bearer nonsense"));
    note(throttled, request("Bearer nonsense"));
    try (TokenManager failing = TokenManager.builder(failingStore()).build()) {
      note(BearerAuthenticator.builder(failing).build(), request("Bearer " + plaintext));
    }
  }

  private static TokenStore failingStore() {
    return (TokenStore) Proxy.newProxyInstance(
        TokenStore.class.getClassLoader(),
        new Class<?>[] {TokenStore.class},
        (proxy, method, arguments) -> {
          throw new TokenStoreException("no connection");
        });
  }

  private static ApiRequest request(String... authorization) {
    return SimpleRequest.get("/servers", authorization);
  }

  private void check(UnaryOperator<BearerAuthenticator.Builder> settings, ApiRequest request)
      throws IOException {
    note(settings.apply(BearerAuthenticator.builder(tokens)).build(), request);
  }

  private void note(BearerAuthenticator bearer, ApiRequest request) throws IOException {
    ApiResponse response = ((Refused) bearer.check(request)).answer();
    JsonNode body = JsonMapper.shared().readTree(response.body());
    responses.add(String.join(
        " | ",
        String.valueOf(response.status()),
        body.get("msg").asString(),
        String.join(", ", response.headers().getOrDefault("WWW-Authenticate", List.of()))));
    if (response.headers().containsKey("Retry-After")) {
      retries.add(String.valueOf(response.status()));
    }
  }
}
