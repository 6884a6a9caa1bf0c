package io.counterfoil.examples.ownstore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.counterfoil.StoredToken;
import io.counterfoil.TokenHash;
import io.counterfoil.TokenStore;
import io.counterfoil.TokenStoreException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

@DisabledIfSystemProperty(named = "redis.skip", matches = "true")
class RedisRestartTest {
  @TempDir
  Path folder;

  @Test
  void what_was_acknowledged_outlives_kill_9_and_no_id_is_given_again() throws Exception {
    RedisServer doomed = RedisServer.start(folder);
    TokenStore before = new RedisTokenStore(doomed.client(), "tokens");
    long revoked = before.insert(row("revoked"));
    long deleted = before.insert(row("deleted"));
    before.setEnabled(revoked, false);
    before.delete(deleted);
    doomed.kill();

    RedisServer server = RedisServer.start(folder);
    TokenStore after = new RedisTokenStore(server.client(), "tokens");
    assertThat(after.list(0, 9))
        .containsExactly(row("revoked").numbered(revoked).switched(false));
    assertThat(after.insert(row("deleted"))).isGreaterThan(deleted);
    server.kill();
  }

  @Test
  void a_failure_says_nothing_of_the_row() throws Exception {
    RedisServer server = RedisServer.start(folder);
    server.client().set("tokens:names:owner", "no sorted set");
    TokenStore store = new RedisTokenStore(server.client(), "tokens");
    assertThatThrownBy(() -> store.insert(row("revoked")))
        .isInstanceOf(TokenStoreException.class)
        .hasMessage("Redis failed: JedisDataException")
        .hasNoCause();
    server.kill();
    assertThatThrownBy(() -> store.insert(row("revoked")))
        .isInstanceOf(TokenStoreException.class)
        .hasNoCause();
  }

  private static StoredToken row(String name) {
    byte[] hash = new byte[TokenHash.LENGTH];
    hash[0] = (byte) name.hashCode();
    return new StoredToken(
        StoredToken.UNSAVED,
        "owner",
        name,
        TokenHash.of("sha256", hash),
        Optional.empty(),
        true,
        Set.of(),
        Set.of(),
        Instant.EPOCH,
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }
}
