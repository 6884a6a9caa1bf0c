package io.counterfoil.clusters;

import io.counterfoil.TokenStore;
import io.counterfoil.clusters.servers.PgBouncer;
import io.counterfoil.clusters.servers.Requirement;
import io.counterfoil.clusters.servers.RequiresPrograms;
import io.counterfoil.testkit.TokenStoreContract;

/** The store contract on PgBouncer in transaction mode. The URL leaves prepared statements on, as it is by default. */
@RequiresPrograms({Requirement.SERVERS, Requirement.POSTGRESQL, Requirement.PGBOUNCER})
@ThoroughContract
class PgBouncerTransactionContractTest extends TokenStoreContract {

  @Override
  protected TokenStore emptyStore() {
    return Shared.STORE.emptied();
  }

  private static final class Shared {
    static final ContractStore STORE = start();

    private static ContractStore start() {
      PooledPostgreSql servers = PooledPostgreSql.start(PgBouncer.Mode.TRANSACTION);
      Runtime.getRuntime().addShutdownHook(new Thread(servers::close));
      servers.servers().stopSyncing();
      String url = servers.pooler().urlWithPreparedStatements(servers.database());
      return new ContractStore(ContractStore.open(url));
    }
  }
}
