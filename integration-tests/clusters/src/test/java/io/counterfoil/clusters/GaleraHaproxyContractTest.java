package io.counterfoil.clusters;

import io.counterfoil.TokenStore;
import io.counterfoil.clusters.servers.Requirement;
import io.counterfoil.clusters.servers.RequiresPrograms;
import io.counterfoil.testing.ThoroughContract;
import io.counterfoil.testkit.TokenStoreContract;

/** The store contract on a Galera cluster behind HAProxy: the connections of one pool go to all nodes. */
@RequiresPrograms({Requirement.SERVERS, Requirement.GALERA, Requirement.HAPROXY})
@ThoroughContract
class GaleraHaproxyContractTest extends TokenStoreContract {

  @Override
  protected TokenStore emptyStore() {
    return SharedGalera.emptyBehindHaproxy();
  }
}
