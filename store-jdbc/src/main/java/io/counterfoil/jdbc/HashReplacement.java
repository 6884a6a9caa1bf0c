package io.counterfoil.jdbc;

import io.counterfoil.StoredToken;
import io.counterfoil.TokenStoreException;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Optional;

/** Replaces the hashes of a token, if they are the expected ones. */
record HashReplacement(StatementRunner runner, StoredToken expected, StoredToken replacement) {
  private static final int FIRST_EXPECTED = 7;

  boolean run() {
    try {
      return update() > 0 || (isUnchanged() && isAsExpected());
    } catch (TokenStoreException failure) {
      throw new Duplicates(runner).explainReplacement(failure, replacement);
    }
  }

  private int update() {
    String verb = "replace the hashes of a token";
    String sql =
        expected.previous().isPresent() ? runner.sql().replaceBothHashes : runner.sql().replaceHash;
    return endsPlaintext()
        ? runner.announcedUpdate(verb, expected.id(), sql, this::bind)
        : runner.update(verb, sql, this::bind);
  }

  /**
   * Returns whether caches must notice the change. Only a hash of the same plaintext can have other bytes beside the same
   * previous hash: a rotation changes the previous hash, and a leak keeps the bytes. Then a cached row is as good as the new one.
   */
  private boolean endsPlaintext() {
    return replacement.hash().hasSameBytes(expected.hash())
        || !replacement.previous().equals(expected.previous());
  }

  private void bind(PreparedStatement update) throws SQLException {
    RowMapper.bindHashes(update, 1, replacement);
    update.setLong(FIRST_EXPECTED - 1, expected.id());
    update.setBytes(FIRST_EXPECTED, expected.hash().bytes());
    update.setString(FIRST_EXPECTED + 1, expected.hash().tag());
    Optional<StoredToken.Previous> previous = expected.previous();
    if (previous.isPresent()) {
      update.setBytes(FIRST_EXPECTED + 2, previous.get().hash().bytes());
      update.setString(FIRST_EXPECTED + 3, previous.get().hash().tag());
      update.setLong(FIRST_EXPECTED + 4, EpochMillis.of(previous.get().until()));
    }
  }

  private boolean isUnchanged() {
    return replacement.equals(expected);
  }

  /** Needed because some drivers do not count an unchanged row: see {@link JdbcTokenStore#setEnabled}. */
  private boolean isAsExpected() {
    return runner.findById(expected.id()).filter(expected::hasSameHashes).isPresent();
  }
}
