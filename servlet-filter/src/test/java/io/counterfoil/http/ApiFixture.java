package io.counterfoil.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.counterfoil.KnownScopes;
import io.counterfoil.NewToken;
import io.counterfoil.StoredToken;
import io.counterfoil.TokenManager;
import io.counterfoil.Verdict;
import io.counterfoil.testing.CountingStore;
import io.counterfoil.testing.TestClock;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * A token manager, its management API, and a token {@code default} with id 1 and without scopes.
 *
 * <p>By default, uses are not recorded: the recorder of a manager that is not closed keeps a thread for a minute.
 */
final class ApiFixture {
  final CountingStore store = new CountingStore();
  final TestClock clock = new TestClock();
  final TokenManager tokens;
  final TokenApi api;
  final Verdict.Accepted admin;

  ApiFixture() {
    this(TokenManager.Builder::recordNoUses);
  }

  private ApiFixture(UnaryOperator<TokenManager.Builder> settings) {
    tokens = settings.apply(TokenManager.builder(store).clock(clock)).build();
    api = TokenApi.of(tokens, ManagementPolicy.anyToken());
    admin = accepted(NewToken.named("default"));
  }

  /** Returns a fixture whose token manager records uses when it is closed. */
  static ApiFixture recordingUses() {
    return new ApiFixture(UnaryOperator.identity());
  }

  /** Returns a fixture whose token manager also records addresses and limits the idle time. */
  static ApiFixture recordingAddresses(Duration maxIdle) {
    return new ApiFixture(builder -> builder.recordAddresses().maxIdle(maxIdle));
  }

  /** Returns a fixture whose token manager knows scopes. */
  static ApiFixture knowing(KnownScopes known) {
    return new ApiFixture(builder -> builder.recordNoUses().knownScopes(known));
  }

  /** Creates an unrestricted token and authenticates with it. */
  Verdict.Accepted unrestricted() {
    return accepted(NewToken.named("unrestricted").unrestricted());
  }

  /** Creates a token and authenticates with it. */
  Verdict.Accepted accepted(NewToken newToken) {
    return (Verdict.Accepted) tokens.authenticate(tokens.create(newToken).reveal());
  }

  /** Sends a request with the token {@code default}. */
  ApiResponse send(FakeRequest request) {
    return api.handle(request.with(admin));
  }

  /** Sends a request that must be refused and must not change the store. */
  ApiResponse assertRefused(FakeRequest request, int status) {
    return assertRefused(api, request.with(admin), status);
  }

  ApiResponse assertRefused(ApiHandler handler, ApiRequest request, int status) {
    List<StoredToken> before = store.content();
    ApiResponse response = handler.handle(request);
    assertThat(text(response)).matches("\\{\"success\":false,\"msg\":\"[ -~&&[^\"\\\\]]{5,250}\"}");
    assertThat(response.status()).as(text(response)).isEqualTo(status);
    assertThat(store.content()).isEqualTo(before);
    return response;
  }

  static String text(ApiResponse response) {
    try {
      return new String(response.body().readAllBytes(), UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
