package io.counterfoil.clusters;

import io.counterfoil.TokenStore;
import io.counterfoil.clusters.servers.PostgreSqlCluster;
import io.counterfoil.clusters.servers.Requirement;
import io.counterfoil.clusters.servers.RequiresPrograms;
import io.counterfoil.testkit.TokenStoreContract;

/** The store contract on a former standby, which replicates synchronously, through a URL with three servers. */
@RequiresPrograms({Requirement.SERVERS, Requirement.POSTGRESQL})
@ThoroughContract
class PostgreSqlFailoverContractTest extends TokenStoreContract {

  @Override
  protected TokenStore emptyStore() {
    return Shared.STORE.emptied();
  }

  private static final class Shared {
    static final ContractStore STORE = start();

    private static ContractStore start() {
      PostgreSqlCluster cluster = PostgreSqlCluster.onLoopback();
      Runtime.getRuntime().addShutdownHook(new Thread(cluster::close));
      cluster.stopSyncing();
      ContractStore store =
          new ContractStore(ContractStore.open(cluster.url(PostgreSqlCluster.DATABASE)));
      cluster.primary().kill();
      cluster.failOver();
      return store;
    }
  }
}
