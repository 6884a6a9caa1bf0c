package io.counterfoil.jdbc;

import static org.assertj.core.api.Assumptions.assumeThat;

import io.counterfoil.TokenStore;
import io.counterfoil.testing.ThoroughContract;
import io.counterfoil.testing.databases.MariaDb;
import io.counterfoil.testkit.TokenStoreContract;
import javax.sql.DataSource;
import net.jqwik.api.Group;
import net.jqwik.api.lifecycle.AddLifecycleHook;
import net.jqwik.api.lifecycle.LifecycleContext;
import net.jqwik.api.lifecycle.SkipExecutionHook;
import org.junit.jupiter.api.Nested;

/** The store contract on MariaDB, with auto-commit on and off. */
@AddLifecycleHook(MariaDbTokenStoreTest.SkipHook.class)
class MariaDbTokenStoreTest extends TokenStoreContract {

  @Override
  protected TokenStore emptyStore() {
    return Database.MARIADB.emptyStore(true);
  }

  @Nested
  @Group
  @ThoroughContract
  class WithoutAutoCommit extends TokenStoreContract {

    @Override
    protected TokenStore emptyStore() {
      return Database.MARIADB.emptyStore(false);
    }
  }

  /** The same with a driver that counts only the rows that an update really changes, not all rows that it finds. */
  @Nested
  @Group
  @ThoroughContract
  class WithUseAffectedRows extends TokenStoreContract {

    @Override
    protected TokenStore emptyStore() {
      assumeThat(MariaDb.skipReason()).isEmpty(); // here, because a static initializer cannot skip
      Sql.run(AffectedRows.POOL, "DELETE FROM counterfoil_tokens");
      Sql.run(AffectedRows.POOL, "DELETE FROM counterfoil_tokens_once");
      return AffectedRows.STORE;
    }
  }

  private static final class AffectedRows {
    static final DataSource POOL = open();
    static final TokenStore STORE = new JdbcTokenStore(POOL);

    private static DataSource open() {
      DataSource pool = Database.open(MariaDb.freshUrl() + "&useAffectedRows=true", true);
      JdbcTokenStore.createSchema(pool);
      return pool;
    }
  }

  /** Needed because a failed assumption makes jqwik skip only the current try, not the property. */
  static final class SkipHook implements SkipExecutionHook {
    @Override
    public SkipResult shouldBeSkipped(LifecycleContext context) {
      return MariaDb.skipReason().map(SkipResult::skip).orElseGet(SkipResult::doNotSkip);
    }
  }
}
