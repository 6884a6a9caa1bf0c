package io.counterfoil;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class TokenReportsTest {
  private final TokenManager tokens = TokenManager.builder(new MapStore()).build();

  @Test
  void every_page_of_tokens_is_counted() {
    int count = 2 * Paging.PAGE_SIZE + 1;
    for (int i = 0; i < count; i++) {
      tokens.create(NewToken.named("token " + i));
    }
    assertThat(tokens.reports().countByPepper()).isEqualTo(Map.of("", (long) count));
  }

  @Test
  void without_tokens_there_is_no_pepper() {
    assertThat(tokens.reports().countByPepper()).isEmpty();
  }
}
