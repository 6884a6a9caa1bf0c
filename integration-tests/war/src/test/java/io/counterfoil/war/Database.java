package io.counterfoil.war;

import io.counterfoil.NewToken;
import io.counterfoil.TokenManager;
import io.counterfoil.jdbc.JdbcTokenStore;
import java.nio.file.Path;
import java.time.Instant;
import java.util.function.Function;
import org.h2.jdbcx.JdbcConnectionPool;

/** The database of the application, opened while the application is not deployed. */
record Database(Path folder) {

  /** Creates a token of the user ann with the scope {@code tokens} and returns its plaintext. */
  String createToken() {
    return with(tokens ->
        tokens.create(NewToken.named("bot").owner("ann").scopes("tokens")).reveal());
  }

  Instant lastUseOfTheToken() {
    return with(tokens -> tokens.find("ann", "bot").orElseThrow().lastUsedAt().orElseThrow());
  }

  private <T> T with(Function<TokenManager, T> action) {
    JdbcConnectionPool pool = JdbcConnectionPool.create(
        "jdbc:h2:retry:" + folder.resolve("tokens") + ";WRITE_DELAY=0", "", "");
    JdbcTokenStore.createSchema(pool);
    try (TokenManager tokens = TokenManager.builder(new JdbcTokenStore(pool)).build()) {
      return action.apply(tokens);
    } finally {
      pool.dispose();
    }
  }
}
