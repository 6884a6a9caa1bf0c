package io.counterfoil.jdbc;

import io.counterfoil.TokenStore;
import io.counterfoil.testing.ThoroughContract;
import io.counterfoil.testkit.TokenStoreContract;
import net.jqwik.api.Group;
import org.junit.jupiter.api.Nested;

/** The store contract on Apache Derby, with auto-commit on and off. */
class DerbyTokenStoreTest extends TokenStoreContract {

  @Override
  protected TokenStore emptyStore() {
    return Database.DERBY.emptyStore(true);
  }

  @Nested
  @Group
  @ThoroughContract
  class WithoutAutoCommit extends TokenStoreContract {

    @Override
    protected TokenStore emptyStore() {
      return Database.DERBY.emptyStore(false);
    }
  }
}
