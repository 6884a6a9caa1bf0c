package io.counterfoil.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.counterfoil.StoredToken;
import io.counterfoil.TokenHash;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whether PostgreSQL looks for a previous hash. It counts the scans of each index. */
class PreviousHashLookupTest {
  /** More than the driver and the server need to prepare a statement and to reuse its plan. */
  private static final int LOOKUPS = 20;

  @AutoClose // even if a failed assumption leaves it null
  private HikariDataSource pool;

  private JdbcTokenStore store;

  @BeforeEach
  void open() {
    HikariConfig config = new HikariConfig();
    config.setJdbcUrl(Database.POSTGRESQL.freshUrl());
    config.setMaximumPoolSize(1); // other connections report their counts late
    pool = new HikariDataSource(config);
    JdbcTokenStore.createSchema(pool);
    store = Samples.silent(pool);
  }

  @ParameterizedTest // K3
  @ValueSource(ints = {1, 3})
  void the_index_of_previous_hashes_is_read_only_if_no_token_has_the_hash(int candidates) {
    StoredToken token = Samples.token("present");
    store.insert(token);
    TokenHash previous = token.previous().orElseThrow().hash();
    assertThat(previousHashScans(token.hash(), candidates)).isZero();
    assertThat(previousHashScans(previous, candidates)).isEqualTo(LOOKUPS);
  }

  /** Looks for a token by its hash and by others that no token has. Returns how often the index was read. */
  private long previousHashScans(TokenHash hash, int candidates) {
    List<TokenHash> hashes = new ArrayList<>(List.of(hash));
    while (hashes.size() < candidates) {
      hashes.add(Samples.hash("unknown " + hashes.size()));
    }
    long before = previousHashScans();
    for (int i = 0; i < LOOKUPS; i++) {
      assertThat(store.findByHash(hashes)).isPresent();
    }
    return previousHashScans() - before;
  }

  private long previousHashScans() {
    Sql.execute(pool, "SELECT pg_stat_force_next_flush()");
    List<List<Object>> rows = Sql.rows(
        pool,
        "SELECT idx_scan FROM pg_stat_user_indexes"
            + " WHERE indexrelname = 'counterfoil_tokens_previous_hash_idx'");
    return (long) rows.get(0).get(0);
  }
}
