package io.counterfoil.benchmarks;

import io.counterfoil.TokenHash;
import io.counterfoil.benchmarks.TokenTable.Probe;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.OptionalLong;
import java.util.Random;
import java.util.function.IntFunction;
import javax.sql.DataSource;

/**
 * Inserts tokens into an empty table, in batches, because a million single inserts would take an hour.
 *
 * <p>Only the secrets differ from run to run. A tenth of the tokens are rotated, and half are used. A new table numbers its rows
 * from 1, so the id of a token is its position.
 */
final class TableLoader {
  static final int ONE_IN_EXPIRES = 10;

  private static final int OWNERS = 1_000;
  private static final int ONE_IN_ROTATED = 10;
  private static final int MAX_PROBES = 10_000;
  private static final int BATCH = 1_000;
  private static final int COMMIT = 10_000;

  /** The time of creation of a token that would be at position 0. Each further token is one second younger. */
  static final Instant CREATED = Instant.parse("2026-01-01T00:00:00Z");

  /** Far in the future, so that no token expires during the measurement. */
  private static final long FIRST_EXPIRY = Instant.parse("2999-01-01T00:00:00Z").toEpochMilli();

  private static final long SEED = 20_261_125;

  private final TokenFactory factory = new TokenFactory();
  private final List<Probe> probes = new ArrayList<>();
  private final String insert;
  private final int tokens;
  private final IntFunction<Traits> traits;
  private final int step;

  /** The columns that differ between kinds of tables. Names are in lower case. */
  record Traits(String owner, String name, boolean enabled, String scopes, OptionalLong expiresAt) {

    /** Enabled and unexpired tokens of 1,000 owners. A tenth of them have an expiry. */
    static Traits accepted(int i) {
      return new Traits(
          "customer-" + i % OWNERS,
          "deploy-bot-" + i,
          true,
          i % 3 == 0 ? "deploy status" : "",
          i % ONE_IN_EXPIRES == 0 ? OptionalLong.of(FIRST_EXPIRY + i) : OptionalLong.empty());
    }
  }

  /** Creates a loader that inserts {@code tokens} tokens into {@code table}. */
  TableLoader(String table, int tokens, IntFunction<Traits> traits) {
    this.insert = """
        INSERT INTO %s (owner, name, name_folded, description, hash, hash_tag, previous_hash, previous_hash_tag,
          previous_until, enabled, scopes, allowed_addresses, created_at, renewed_at, expires_at, tracked_since,
          last_used_at, revision)
        VALUES (?, ?, ?, '', ?, ?, ?, ?, ?, ?, ?, '', ?, ?, ?, ?, ?, 0)
        """.formatted(table);
    this.tokens = tokens;
    this.traits = traits;
    this.step = (tokens + MAX_PROBES - 1) / MAX_PROBES;
  }

  /** Inserts the tokens. Returns them in random order: all of them, or at most 10,000 that are spread evenly. */
  List<Probe> load(DataSource pool) throws SQLException {
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
    TokenFactory.Plaintext plaintext = factory.next();
    if (i % step == i / step % step) { // so that every kind of token is among them
      probes.add(new Probe(i, plaintext.text(), factory.next().text()));
    }
    long created = CREATED.plusSeconds(i).toEpochMilli();
    Traits row = traits.apply(i);
    statement.setString(1, row.owner());
    statement.setString(2, row.name());
    statement.setString(3, row.name());
    statement.setBytes(4, plaintext.hash().bytes());
    statement.setString(5, plaintext.hash().tag());
    bindPrevious(statement, i % ONE_IN_ROTATED == 5, created);
    statement.setBoolean(9, row.enabled());
    statement.setString(10, row.scopes());
    statement.setLong(11, created);
    statement.setLong(12, created);
    bind(statement, 13, row.expiresAt().isPresent(), row.expiresAt().orElse(0));
    statement.setLong(14, created);
    bind(statement, 15, i % 2 == 0, created + 60_000);
  }

  private void bindPrevious(PreparedStatement statement, boolean rotated, long until)
      throws SQLException {
    TokenHash hash = rotated ? factory.next().hash() : null;
    statement.setBytes(6, hash == null ? null : hash.bytes());
    statement.setString(7, hash == null ? null : hash.tag());
    bind(statement, 8, rotated, until);
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
