package io.counterfoil.jdbc;

import io.counterfoil.TokenStore;
import io.counterfoil.testkit.TokenStoreContract;
import net.jqwik.api.Group;
import org.junit.jupiter.api.Nested;

/** SQLite keeps the contract, with auto-commit on and off. */
class SqliteTokenStoreTest extends TokenStoreContract {

  @Override
  protected TokenStore emptyStore() {
    return Database.SQLITE.emptyStore(true);
  }

  @Nested
  @Group
  class WithoutAutoCommit extends TokenStoreContract {

    @Override
    protected TokenStore emptyStore() {
      return Database.SQLITE.emptyStore(false);
    }
  }
}
