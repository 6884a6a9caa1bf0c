package io.counterfoil.http;

import static io.counterfoil.http.ApiFixture.text;
import static org.assertj.core.api.Assertions.as;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.STRING;

import io.counterfoil.NewToken;
import io.counterfoil.TokenManager;
import io.counterfoil.TokenStore;
import io.counterfoil.TokenStoreException;
import io.counterfoil.http.BearerAuthenticator.Refused;
import io.counterfoil.testing.BrokenStore;
import io.counterfoil.testing.CapturedLog;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** If the store fails, a request is refused, but its token is not called invalid. */
class BearerFailingStoreTest {
  private final String plaintext =
      new ApiFixture().tokens.create(NewToken.named("ci")).reveal();

  @ParameterizedTest // I1, I2, C5
  @MethodSource("io.counterfoil.testing.BrokenStore#failures")
  void any_exception_from_a_store_is_answered_503_with_retry_after(Throwable failure) {
    assertUnavailable(BrokenStore.throwing(failure));
  }

  @Test // I1, I2
  void a_store_that_returns_null_is_answered_503_with_retry_after() {
    assertUnavailable(BrokenStore.returningNull());
  }

  private void assertUnavailable(TokenStore store) {
    ApiResponse response = refused(store, "Bearer " + plaintext);
    assertThat(response.status()).isEqualTo(503);
    assertThat(response.headers())
        .isEqualTo(Map.of(
            "Content-Type", List.of("application/json"),
            "Cache-Control", List.of("no-store"),
            "X-Content-Type-Options", List.of("nosniff"),
            "Retry-After", List.of("5")));
    assertThat(text(response))
        .isEqualTo("{\"success\":false,\"msg\":\"tokens are not available now, try again\"}");
  }

  @ParameterizedTest // I3
  @MethodSource("io.counterfoil.testing.BrokenStore#failures")
  void a_request_without_a_well_formed_token_is_answered_401_even_if_the_store_fails(
      Throwable failure) {
    TokenStore store = BrokenStore.throwing(failure);
    assertThat(refused(store).status()).isEqualTo(401);
    assertThat(refused(store, "Basic eDp5").status()).isEqualTo(401);
    assertThat(refused(store, "Bearer nonsense").status()).isEqualTo(401);
    assertThat(refused(store, "Bearer a", "Bearer b").status()).isEqualTo(400);
  }

  @ParameterizedTest // L1
  @MethodSource("io.counterfoil.testing.BrokenStore#failures")
  void the_log_shows_where_the_store_failed_without_its_message(Throwable failure)
      throws Exception {
    String log =
        CapturedLog.of(() -> refused(BrokenStore.throwing(failure), "Bearer " + plaintext));
    assertThat(log)
        .contains("Answered 503", failure.getClass().getName(), "BrokenStore.failures")
        .doesNotContain(BrokenStore.SECRET, plaintext, plaintext.substring(3, 13));
  }

  @Test // K3: requests with invented tokens during an outage must not fill the disk
  void each_failure_is_one_log_line() throws Exception {
    String log = CapturedLog.of(() -> refused(BrokenStore.throwing(deep()), "Bearer " + plaintext));
    assertThat(log.lines().filter(line -> line.contains("ERROR")))
        .singleElement(as(STRING))
        .containsSubsequence("TokenStoreException: down at ", "caused by java.io.IOException at ");
    assertThat(log.lines().dropWhile(line -> !line.contains("ERROR")).skip(1).findFirst())
        .hasValueSatisfying(line -> assertThat(line).contains("DEBUG"));
  }

  private static Throwable deep() {
    return new TokenStoreException("down", new IOException(BrokenStore.SECRET));
  }

  @Test
  void a_failure_that_is_its_own_cause_is_logged_too() throws Exception {
    IllegalStateException one = new IllegalStateException(BrokenStore.SECRET);
    one.initCause(new IllegalStateException(BrokenStore.SECRET, one));
    String log = CapturedLog.of(() -> assertUnavailable(BrokenStore.throwing(one)));
    assertThat(log).contains("Answered 503").doesNotContain(BrokenStore.SECRET);
  }

  private static ApiResponse refused(TokenStore store, String... fields) {
    BearerAuthenticator bearer =
        BearerAuthenticator.builder(TokenManager.builder(store).build()).build();
    return ((Refused) bearer.check(List.of(fields))).answer();
  }
}
