package io.counterfoil.jdbc;

import io.counterfoil.TokenStore;
import io.counterfoil.testing.ThoroughContract;
import io.counterfoil.testkit.TokenStoreContract;
import net.jqwik.api.Group;
import org.junit.jupiter.api.Nested;

/** The store contract on SQLite, with auto-commit on and off. */
class SqliteTokenStoreTest extends TokenStoreContract {

  @Override
  protected TokenStore emptyStore() {
    return Database.SQLITE.emptyStore(true);
  }

  @Nested
  @Group
  @ThoroughContract
  class WithoutAutoCommit extends TokenStoreContract {

    @Override
    protected TokenStore emptyStore() {
      return Database.SQLITE.emptyStore(false);
    }
  }
}
