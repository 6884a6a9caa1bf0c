package io.counterfoil.examples.panel;

import static org.assertj.core.api.Assertions.assertThat;

import io.counterfoil.CreatedToken;
import io.counterfoil.NewToken;
import io.counterfoil.Token;
import io.counterfoil.TokenManager;
import io.counterfoil.memory.InMemoryTokenStore;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** In which stores the panel creates its first token (M4). */
class FirstTokenRulesTest {
  private final TokenManager tokens =
      TokenManager.builder(new InMemoryTokenStore()).recordNoUses().build();

  @Test // M4
  void a_store_gets_one_first_token_which_is_unrestricted() {
    CreatedToken first = FirstToken.create(tokens).orElseThrow();
    assertThat(first.token().permits("any")).isTrue();
    assertThat(FirstToken.create(tokens)).isEmpty();
    tokens.delete(first.token().id());
    assertThat(FirstToken.create(tokens)).isEmpty();
    assertThat(tokens.list()).isEmpty();
  }

  @Test // M4: as in a database that another program has filled
  void a_store_with_tokens_of_another_program_gets_no_first_token() {
    tokens.create(NewToken.named("limited"));
    assertThat(FirstToken.create(tokens)).isEmpty();
    assertThat(tokens.list()).extracting(Token::name).containsExactly("limited");
  }

  @Test // M3, M4
  void a_token_of_the_command_line_counts_as_the_first_one_and_further_ones_are_created() {
    CreatedToken rescue = FirstToken.create(tokens, NewToken.named("rescue"));
    CreatedToken second = FirstToken.create(tokens, NewToken.named("second"));
    assertThat(tokens.list()).extracting(Token::name).containsExactly("rescue", "second");
    tokens.delete(rescue.token().id());
    tokens.delete(second.token().id());
    assertThat(FirstToken.create(tokens)).isEqualTo(Optional.empty());
  }
}
