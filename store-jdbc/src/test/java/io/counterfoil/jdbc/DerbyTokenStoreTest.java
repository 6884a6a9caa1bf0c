package io.counterfoil.jdbc;

import io.counterfoil.TokenStore;
import io.counterfoil.testkit.TokenStoreContract;
import net.jqwik.api.Group;
import org.junit.jupiter.api.Nested;

/** Apache Derby keeps the contract, with auto-commit on and off. */
class DerbyTokenStoreTest extends TokenStoreContract {

  @Override
  protected TokenStore emptyStore() {
    return Database.DERBY.emptyStore(true);
  }

  @Nested
  @Group
  class WithoutAutoCommit extends TokenStoreContract {

    @Override
    protected TokenStore emptyStore() {
      return Database.DERBY.emptyStore(false);
    }
  }
}
