package io.counterfoil.clusters;

import io.counterfoil.TokenStore;
import io.counterfoil.clusters.servers.PgBouncer;
import io.counterfoil.clusters.servers.Requirement;
import io.counterfoil.clusters.servers.RequiresPrograms;
import io.counterfoil.testing.ThoroughContract;
import io.counterfoil.testkit.TokenStoreContract;

/** The store contract on PgBouncer in session mode. */
@RequiresPrograms({Requirement.SERVERS, Requirement.POSTGRESQL, Requirement.PGBOUNCER})
@ThoroughContract
class PgBouncerSessionContractTest extends TokenStoreContract {

  @Override
  protected TokenStore emptyStore() {
    return SharedPostgreSql.emptyBehindPgBouncer(PgBouncer.Mode.SESSION);
  }
}
