package io.counterfoil.http;

import static io.counterfoil.http.ApiFixture.text;
import static io.counterfoil.http.FakeRequest.get;
import static io.counterfoil.http.FakeRequest.post;
import static org.assertj.core.api.Assertions.assertThat;

import io.counterfoil.TokenManager;
import io.counterfoil.TokenStore;
import io.counterfoil.testing.BrokenStore;
import io.counterfoil.testing.CapturedLog;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** If the store fails, the response is 503 without the message of the failure. */
class TokenApiFailingStoreTest {
  private final ApiFixture fixture = new ApiFixture();

  static Stream<FakeRequest> changes() {
    return Stream.of(
        post("/create", "{\"name\":\"x\"}"),
        post("/setEnabled/1", "{\"enabled\":false}"),
        post("/setEnabled/1", "{\"enabled\":true}"),
        post("/rotate/1", "{\"overlapSeconds\":0}"),
        post("/update/1", "{\"name\":\"x\"}"),
        post("/disable", "{\"ids\":[1]}"),
        post("/delete", "{\"ids\":[1]}"),
        post("/delete/1"));
  }

  static Stream<FakeRequest> everything() {
    return Stream.concat(
        Stream.of(
            get(""),
            get("/1"),
            get("").query("search=a"),
            post("/deleteExpired", "{}"),
            post("/deleteExpired", "{\"dryRun\":true}")),
        changes());
  }

  @ParameterizedTest // I1, I2, C5, L1
  @MethodSource("everything")
  void every_operation_is_answered_503_with_retry_after(FakeRequest request) throws Exception {
    for (Throwable failure : BrokenStore.failures().toList()) {
      assertUnavailable(BrokenStore.throwing(failure), request);
    }
  }

  @Test // I1
  void null_from_a_store_counts_as_a_failure() throws Exception {
    assertUnavailable(BrokenStore.returningNull(), get(""));
    assertUnavailable(BrokenStore.returningNull(), post("/setEnabled/1", "{\"enabled\":true}"));
    assertUnavailable(BrokenStore.returningNull(), post("/rotate/1", "{\"overlapSeconds\":0}"));
    assertUnavailable(BrokenStore.returningNull(), post("/delete/1"));
  }

  @ParameterizedTest // I2, C5, H4: no plaintext is returned for a token that may not be stored
  @MethodSource("changes")
  void a_change_that_fails_half_way_is_answered_503_and_shows_no_plaintext(FakeRequest request)
      throws Exception {
    for (Throwable failure : BrokenStore.failures().toList()) {
      assertUnavailable(BrokenStore.readOnly(fixture.store, failure), request);
    }
    assertThat(fixture.store.content()).hasSize(1).allMatch(token -> token.enabled());
  }

  @Test // F2, I3
  void malformed_requests_are_answered_4xx_even_if_the_store_fails() throws Exception {
    List<Supplier<FakeRequest>> malformed = List.of(
        () -> post("/create", "nonsense"),
        () -> post("/create"),
        () -> post("/delete/x"),
        () -> get("/nothing"));
    for (Supplier<FakeRequest> request : malformed) {
      assertThat(response(BrokenStore.returningNull(), request.get()).status()).isBetween(400, 415);
    }
  }

  private void assertUnavailable(TokenStore store, FakeRequest request) throws Exception {
    ApiResponse[] responses = new ApiResponse[1];
    String log = CapturedLog.of(() -> responses[0] = response(store, request));
    assertThat(responses[0].status()).isEqualTo(503);
    assertThat(responses[0].headers()).containsEntry("Retry-After", List.of("5"));
    assertThat(text(responses[0]))
        .isEqualTo("{\"success\":false,\"msg\":\"tokens are not available now, try again\"}");
    assertThat(log).contains("Answered 503").doesNotContain(BrokenStore.SECRET, "cf_", "f00dfeed");
  }

  private ApiResponse response(TokenStore store, FakeRequest request) {
    TokenManager tokens = TokenManager.builder(store).build();
    return TokenApi.of(tokens, ManagementPolicy.anyToken()).handle(request.with(fixture.admin));
  }
}
