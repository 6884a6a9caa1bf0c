package io.counterfoil;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.anyInt;
import static org.mockito.ArgumentMatchers.anyLong;
import static org.mockito.Mockito.spy;
import static org.mockito.Mockito.times;
import static org.mockito.Mockito.verify;

import io.counterfoil.testing.TestClock;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TokenReportsTest {
  private final TestClock clock = new TestClock();
  private final TokenStore store = spy(new MapStore());
  private final TokenManager tokens = TokenManager.builder(store).clock(clock).build();

  @Test
  void each_token_is_active_or_disabled_or_expired() {
    tokens.create(NewToken.named("active"));
    tokens.create(NewToken.named("later").expiresIn(Duration.ofHours(2)));
    tokens.create(NewToken.named("expired").expiresIn(Duration.ofHours(1)));
    tokens.disable(tokens.create(NewToken.named("disabled")).token().id());
    tokens.disable(tokens
        .create(NewToken.named("both").expiresIn(Duration.ofHours(1)))
        .token()
        .id());
    clock.advance(Duration.ofHours(1));
    assertThat(tokens.reports().count(5)).isEqualTo(new TokenCounts(2, 2, 1, Map.of("", 5L), true));
  }

  @Test
  void no_more_tokens_are_counted_than_the_limit() {
    for (int i = 0; i < 3; i++) {
      tokens.create(NewToken.named("token " + i));
    }
    assertThat(tokens.reports().count(2))
        .isEqualTo(new TokenCounts(2, 0, 0, Map.of("", 2L), false));
    assertThat(tokens.reports().count(3)).isEqualTo(new TokenCounts(3, 0, 0, Map.of("", 3L), true));
    assertThatIllegalArgumentException().isThrownBy(() -> tokens.reports().count(0));
  }

  @Test
  void no_more_pages_are_read_than_the_limit_needs() {
    for (int i = 0; i < 3 * Paging.PAGE_SIZE; i++) {
      tokens.create(NewToken.named("token " + i));
    }
    assertThat(tokens.reports().count(Paging.PAGE_SIZE - 1).isComplete()).isFalse();
    verify(store, times(1)).list(any(), anyLong(), anyInt());
  }

  @Test
  void without_tokens_all_counts_are_zero() {
    assertThat(tokens.reports().count(1)).isEqualTo(new TokenCounts(0, 0, 0, Map.of(), true));
  }
}
