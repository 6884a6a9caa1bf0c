package io.counterfoil.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.counterfoil.NewToken;
import io.counterfoil.StoredToken;
import io.counterfoil.TokenManager;
import io.counterfoil.Verdict;
import io.counterfoil.testing.CountingStore;
import io.counterfoil.testing.TestClock;
import java.util.List;

/** Tokens under management: the API, and the token {@code default} with id 1 that may manage all others. */
final class Office {
  final CountingStore store = new CountingStore();
  final TestClock clock = new TestClock();
  final TokenManager tokens = TokenManager.builder(store).clock(clock).build();
  final TokenApi api = TokenApi.of(tokens, ManagementPolicy.anyToken());
  final Verdict.Accepted admin = accepted(NewToken.named("default"));

  /** Creates a token and presents it. */
  Verdict.Accepted accepted(NewToken wish) {
    return (Verdict.Accepted) tokens.authenticate(tokens.create(wish).reveal());
  }

  ApiResponse answer(FakeRequest request) {
    return api.handle(request.with(admin));
  }

  /** Sends a request that must be refused, and must leave everything as it was. */
  ApiResponse refused(FakeRequest request, int status) {
    return refusedBy(api, request.with(admin), status);
  }

  ApiResponse refusedBy(ApiHandler handler, ApiRequest request, int status) {
    List<StoredToken> before = store.content();
    ApiResponse answer = handler.handle(request);
    assertThat(text(answer)).matches("\\{\"success\":false,\"msg\":\"[ -~&&[^\"\\\\]]{5,250}\"}");
    assertThat(answer.status()).as(text(answer)).isEqualTo(status);
    assertThat(store.content()).isEqualTo(before);
    return answer;
  }

  static String text(ApiResponse answer) {
    return new String(answer.body(), UTF_8);
  }
}
