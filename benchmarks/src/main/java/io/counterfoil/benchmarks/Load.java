package io.counterfoil.benchmarks;

import io.counterfoil.TokenHash;
import io.counterfoil.benchmarks.FilledTable.Probe;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import javax.sql.DataSource;

/**
 * Writes tokens into an empty table, in batches: one by one, a million would wait for the disk for an hour.
 *
 * <p>All but the secrets is the same each time: 1,000 owners, a tenth of the tokens with an expiry, a tenth rotated, half of
 * them used. A new table numbers its rows from 1 on, so the id of a token is its turn.
 */
public final class Load {
  static final int ONE_IN_EXPIRES = 10;

  private static final int OWNERS = 1_000;
  private static final int ONE_IN_ROTATED = 10;
  private static final int MOST_PROBES = 10_000;
  private static final int BATCH = 1_000;
  private static final int COMMIT = 10_000;
  private static final long CREATED = Instant.parse("2026-01-01T00:00:00Z").toEpochMilli();

  /** Long from now: none of them expires while it is measured. */
  private static final long FIRST_EXPIRY = Instant.parse("2999-01-01T00:00:00Z").toEpochMilli();

  private static final long SEED = 20_261_125;

  private final Mint mint = new Mint();
  private final List<Probe> probes = new ArrayList<>();
  private final String insert;
  private final int tokens;
  private final int step;

  /** Is to fill that table with so many tokens. */
  public Load(String table, int tokens) {
    // The columns in the order of the store's own insert.
    this.insert = """
        INSERT INTO %s (owner, name, hash, hash_tag, previous_hash, previous_hash_tag, previous_until,
          enabled, scopes, allowed_addresses, created_at, expires_at, tracked_since, last_used_at)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
        """.formatted(table);
    this.tokens = tokens;
    this.step = (tokens + MOST_PROBES - 1) / MOST_PROBES;
  }

  /** Returns the tokens to ask for: all, or at most 10,000 that are spread evenly. */
  public List<Probe> into(DataSource pool) throws SQLException {
    try (Connection connection = pool.getConnection();
        PreparedStatement statement = connection.prepareStatement(insert)) {
      connection.setAutoCommit(false);
      for (int i = 1; i <= tokens; i++) {
        bind(statement, i);
        statement.addBatch();
        if (i % BATCH == 0 || i == tokens) {
          statement.executeBatch();
        }
        if (i % COMMIT == 0 || i == tokens) {
          connection.commit();
        }
      }
    }
    Collections.shuffle(probes, new Random(SEED));
    return List.copyOf(probes);
  }

  private void bind(PreparedStatement statement, int i) throws SQLException {
    Mint.Coin coin = mint.next();
    if (i % step == i / step % step) { // in turn of every kind, rotated or not
      probes.add(new Probe(i, coin.plaintext(), mint.next().plaintext()));
    }
    long created = CREATED + i * 1_000L;
    statement.setString(1, "customer-" + i % OWNERS);
    statement.setString(2, "deploy-bot-" + i);
    statement.setBytes(3, coin.hash().bytes());
    statement.setString(4, coin.hash().tag());
    bindPrevious(statement, i % ONE_IN_ROTATED == 5, created);
    statement.setBoolean(8, true);
    statement.setString(9, i % 3 == 0 ? "deploy status" : "");
    statement.setString(10, "");
    statement.setLong(11, created);
    bind(statement, 12, i % ONE_IN_EXPIRES == 0, FIRST_EXPIRY + i);
    statement.setLong(13, created);
    bind(statement, 14, i % 2 == 0, created + 60_000);
  }

  private void bindPrevious(PreparedStatement statement, boolean rotated, long until)
      throws SQLException {
    TokenHash hash = rotated ? mint.next().hash() : null;
    statement.setBytes(5, hash == null ? null : hash.bytes());
    statement.setString(6, hash == null ? null : hash.tag());
    bind(statement, 7, rotated, until);
  }

  private static void bind(PreparedStatement statement, int index, boolean set, long millis)
      throws SQLException {
    if (set) {
      statement.setLong(index, millis);
    } else {
      statement.setNull(index, Types.BIGINT);
    }
  }
}
