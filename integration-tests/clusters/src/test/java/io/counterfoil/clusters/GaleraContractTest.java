package io.counterfoil.clusters;

import io.counterfoil.TokenStore;
import io.counterfoil.clusters.servers.Requirement;
import io.counterfoil.clusters.servers.RequiresPrograms;
import io.counterfoil.testing.ThoroughContract;
import io.counterfoil.testkit.TokenStoreContract;

/** The store contract on a Galera cluster of three nodes: each statement runs on another node than the one before. */
@RequiresPrograms({Requirement.SERVERS, Requirement.GALERA})
@ThoroughContract
class GaleraContractTest extends TokenStoreContract {

  @Override
  protected TokenStore emptyStore() {
    return SharedGalera.emptyOnAllNodes();
  }
}
