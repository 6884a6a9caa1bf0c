package io.counterfoil.testkit;

import io.counterfoil.StoredToken;
import io.counterfoil.StoredToken.Previous;
import io.counterfoil.TokenHash;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/** A change of a row as a value, so that jqwik can generate, print and shrink it. */
sealed interface ColumnChange {
  TestRow applyTo(StoredToken row);

  /** Changes the name. */
  record Name(String name) implements ColumnChange {
    @Override
    public TestRow applyTo(StoredToken row) {
      return TestRow.of(row).name(name);
    }
  }

  /** Changes the description. */
  record Description(String text) implements ColumnChange {
    @Override
    public TestRow applyTo(StoredToken row) {
      return TestRow.of(row).description(text);
    }
  }

  /** Enables or disables the token. */
  record Enabled(boolean enabled) implements ColumnChange {
    @Override
    public TestRow applyTo(StoredToken row) {
      return TestRow.of(row).enabled(enabled);
    }
  }

  /** Replaces the hash only. */
  record Rehash(int replacement) implements ColumnChange {
    @Override
    public TestRow applyTo(StoredToken row) {
      return TestRow.of(row).hash(Operation.hash(replacement));
    }
  }

  /** Replaces the hash and keeps the old one for a while. */
  record Rotate(int replacement, Instant until) implements ColumnChange {
    @Override
    public TestRow applyTo(StoredToken row) {
      return TestRow.of(row).hash(Operation.hash(replacement)).previous(row.hash(), until);
    }
  }

  /** Replaces the tag of the hash only. */
  record Retag(String tag) implements ColumnChange {
    @Override
    public TestRow applyTo(StoredToken row) {
      return TestRow.of(row).hash(TokenHash.of(tag, row.hash().bytes()));
    }
  }

  /** Replaces the end of an overlap only, or removes the previous hash. */
  record EndPrevious(Optional<Instant> until) implements ColumnChange {
    @Override
    public TestRow applyTo(StoredToken row) {
      return TestRow.of(row)
          .previous(until.flatMap(end -> row.previous().map(old -> new Previous(old.hash(), end))));
    }
  }

  /** Replaces scopes and allowed addresses. */
  record Rights(Set<String> scopes, Set<String> addresses) implements ColumnChange {
    @Override
    public TestRow applyTo(StoredToken row) {
      return TestRow.of(row).scopes(scopes).addresses(addresses);
    }
  }

  /** Replaces the expiry and the times that belong to it. */
  record Times(Optional<Instant> expiresAt, Instant renewedAt, Optional<Instant> noticeAfter)
      implements ColumnChange {
    @Override
    public TestRow applyTo(StoredToken row) {
      return TestRow.of(row).expiresAt(expiresAt).renewedAt(renewedAt).noticeAfter(noticeAfter);
    }
  }

  /** Gives other values to the columns that an update does not touch. */
  record Untouched(String owner, Instant createdAt, Optional<Instant> used, Optional<String> from)
      implements ColumnChange {
    @Override
    public TestRow applyTo(StoredToken row) {
      return TestRow.of(row)
          .owner(owner)
          .createdAt(createdAt)
          .trackedSince(used)
          .lastUsedAt(used)
          .lastUsedFrom(from);
    }
  }
}
