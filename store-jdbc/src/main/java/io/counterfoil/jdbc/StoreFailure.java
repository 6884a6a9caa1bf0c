package io.counterfoil.jdbc;

import io.counterfoil.TokenStoreException;
import java.sql.SQLException;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Creates the exceptions of failed calls. Their messages name the cause and the fix if the SQLState has a well-known cause. */
final class StoreFailure {
  private static final String POOLER =
      "a pooler such as PgBouncer in transaction mode may run prepared statements on another connection"
          + " than the one that prepared them, fix: prepareThreshold=0 in the URL";

  /** The first three are states of PostgreSQL; the third one has other causes too. The last one is H2's. */
  private static final Map<String, String> CAUSES = Map.of(
      "42P05", POOLER,
      "26000", POOLER,
      "08P01", POOLER,
      "90098",
          "the database is closed, for example because a thread was interrupted, fix: "
              + DatabaseSetting.H2_ASYNC);

  /** More causes than any real failure has. The limit ends a chain that is a cycle. */
  private static final int MAX_CAUSES = 20;

  private StoreFailure() {}

  static TokenStoreException of(String verb, Throwable failure) {
    String cause =
        wellKnownCause(failure, MAX_CAUSES).map(text -> " (" + text + ')').orElse("");
    return new TokenStoreException(
        "the token store failed to " + verb + cause, SqlExceptionSanitizer.of(failure));
  }

  private static Optional<String> wellKnownCause(@Nullable Throwable failure, int depth) {
    if (failure == null || depth == 0) {
      return Optional.empty();
    }
    if (failure instanceof SQLException sql) {
      String cause = CAUSES.get(String.valueOf(sql.getSQLState()));
      if (cause != null) {
        return Optional.of(cause);
      }
    }
    // The next exceptions of a batch need no look: drivers also set them as causes.
    return wellKnownCause(failure.getCause(), depth - 1);
  }
}
