package io.counterfoil.jdbc;

import io.counterfoil.TokenStore;
import io.counterfoil.testkit.TokenStoreContract;
import net.jqwik.api.Group;
import net.jqwik.api.lifecycle.AddLifecycleHook;
import org.junit.jupiter.api.Nested;

/** PostgreSQL keeps the contract, with auto-commit on and off. */
@AddLifecycleHook(PostgreSqlServer.Switch.class)
class PostgreSqlTokenStoreTest extends TokenStoreContract {

  @Override
  protected TokenStore emptyStore() {
    return Database.POSTGRESQL.emptyStore(true);
  }

  @Nested
  @Group
  class WithoutAutoCommit extends TokenStoreContract {

    @Override
    protected TokenStore emptyStore() {
      return Database.POSTGRESQL.emptyStore(false);
    }
  }
}
