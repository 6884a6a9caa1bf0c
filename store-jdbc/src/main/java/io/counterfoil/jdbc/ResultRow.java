package io.counterfoil.jdbc;

import io.counterfoil.StoredToken;
import io.counterfoil.UnreadableTokenException;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A row of a query: a token, or the reason why the row cannot be read. */
record ResultRow(
    long id, @Nullable StoredToken token, @Nullable Throwable failure) {

  /** Returns the token, or throws an exception that contains no values except the id. */
  StoredToken required() {
    if (token == null) {
      throw new UnreadableTokenException(
          id, SqlExceptionSanitizer.of(Objects.requireNonNull(failure)));
    }
    return token;
  }

  Optional<StoredToken> readable() {
    return Optional.ofNullable(token);
  }
}
