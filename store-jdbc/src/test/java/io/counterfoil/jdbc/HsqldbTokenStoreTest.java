package io.counterfoil.jdbc;

import io.counterfoil.TokenStore;
import io.counterfoil.testkit.TokenStoreContract;
import net.jqwik.api.Group;
import org.junit.jupiter.api.Nested;

/** HSQLDB keeps the contract, with auto-commit on and off. */
class HsqldbTokenStoreTest extends TokenStoreContract {

  @Override
  protected TokenStore emptyStore() {
    return Database.HSQLDB.emptyStore(true);
  }

  @Nested
  @Group
  class WithoutAutoCommit extends TokenStoreContract {

    @Override
    protected TokenStore emptyStore() {
      return Database.HSQLDB.emptyStore(false);
    }
  }
}
