package io.counterfoil.jdbc;

import io.counterfoil.TokenStore;
import io.counterfoil.testing.ThoroughContract;
import io.counterfoil.testing.databases.PostgreSql;
import io.counterfoil.testkit.TokenStoreContract;
import net.jqwik.api.Group;
import net.jqwik.api.lifecycle.AddLifecycleHook;
import net.jqwik.api.lifecycle.LifecycleContext;
import net.jqwik.api.lifecycle.SkipExecutionHook;
import org.junit.jupiter.api.Nested;

/** The store contract on PostgreSQL, with auto-commit on and off. */
@AddLifecycleHook(PostgreSqlTokenStoreTest.SkipHook.class)
class PostgreSqlTokenStoreTest extends TokenStoreContract {

  @Override
  protected TokenStore emptyStore() {
    return Database.POSTGRESQL.emptyStore(true);
  }

  @Nested
  @Group
  @ThoroughContract
  class WithoutAutoCommit extends TokenStoreContract {

    @Override
    protected TokenStore emptyStore() {
      return Database.POSTGRESQL.emptyStore(false);
    }
  }

  /** Needed because a failed assumption makes jqwik skip only the current try, not the property. */
  static final class SkipHook implements SkipExecutionHook {
    @Override
    public SkipResult shouldBeSkipped(LifecycleContext context) {
      return PostgreSql.skipReason().map(SkipResult::skip).orElseGet(SkipResult::doNotSkip);
    }
  }
}
