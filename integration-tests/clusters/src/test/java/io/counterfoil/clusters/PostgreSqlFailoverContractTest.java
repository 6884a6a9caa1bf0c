package io.counterfoil.clusters;

import io.counterfoil.TokenStore;
import io.counterfoil.clusters.servers.Requirement;
import io.counterfoil.clusters.servers.RequiresPrograms;
import io.counterfoil.testing.ThoroughContract;
import io.counterfoil.testkit.TokenStoreContract;

/** The store contract on a former standby, which replicates synchronously, through a URL with three servers. */
@RequiresPrograms({Requirement.SERVERS, Requirement.POSTGRESQL})
@ThoroughContract
class PostgreSqlFailoverContractTest extends TokenStoreContract {

  @Override
  protected TokenStore emptyStore() {
    return SharedPostgreSql.emptyAfterFailover();
  }
}
