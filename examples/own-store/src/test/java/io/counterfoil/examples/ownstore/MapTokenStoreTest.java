package io.counterfoil.examples.ownstore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.counterfoil.DuplicateTokenNameException;
import io.counterfoil.NewToken;
import io.counterfoil.Token;
import io.counterfoil.TokenManager;
import io.counterfoil.TokenStore;
import io.counterfoil.TokenStoreException;
import io.counterfoil.testkit.TokenStoreContract;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.h2.mvstore.MVStore;
import org.junit.jupiter.api.Test;

class MapTokenStoreTest extends TokenStoreContract {
  /** The file of the previous test. The next test closes it, because each open file has a cache in memory. */
  private static final AtomicReference<Optional<MVStore>> PREVIOUS =
      new AtomicReference<>(Optional.empty());

  @Override
  protected TokenStore emptyStore() {
    MVStore file = open(newFile());
    PREVIOUS.getAndSet(Optional.of(file)).ifPresent(MVStore::close);
    return new MapTokenStore(file);
  }

  private static MVStore open(Path file) {
    return new MVStore.Builder().fileName(file.toString()).autoCommitDisabled().open();
  }

  private static Path newFile() {
    try {
      Path parent = Files.createDirectories(Path.of("target", "stores").toAbsolutePath());
      return Files.createTempDirectory(parent, "store").resolve("tokens");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A copy of the open file is the state that {@code kill -9} would leave. */
  @Test
  void acknowledged_changes_survive_kill_9_and_no_id_is_reused() throws IOException {
    Path path = newFile();
    Path copy = newFile();
    try (MVStore file = open(path)) {
      TokenManager tokens = tokens(file);
      tokens.create(NewToken.named("revoked"));
      tokens.create(NewToken.named("deleted"));
      tokens.disable(1);
      tokens.delete(2);
      Files.copy(path, copy);
    }
    try (MVStore file = open(copy)) {
      TokenManager tokens = tokens(file);
      assertThat(tokens.list()).singleElement().matches(token -> !token.enabled());
      assertThatThrownBy(() -> tokens.create(NewToken.named("revoked")))
          .isInstanceOf(DuplicateTokenNameException.class);
      assertThat(tokens.create(NewToken.named("deleted")).token())
          .extracting(Token::id)
          .isEqualTo(3L);
    }
  }

  private static TokenManager tokens(MVStore file) {
    return TokenManager.builder(new MapTokenStore(file)).recordNoUses().build();
  }

  @Test
  void a_closed_file_is_a_store_failure() {
    MVStore file = open(newFile());
    TokenStore store = new MapTokenStore(file);
    file.close();
    assertThatThrownBy(() -> store.findById(1)).isInstanceOf(TokenStoreException.class);
  }
}
