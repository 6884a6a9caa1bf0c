package io.counterfoil.clusters;

import io.counterfoil.StoredToken;
import io.counterfoil.TokenStore;
import io.counterfoil.clusters.servers.Sql;
import io.counterfoil.jdbc.JdbcTokenStore;
import io.counterfoil.testkit.ForwardingTokenStore;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;

/**
 * A store whose consecutive statements run on different nodes.
 *
 * <p>The two methods that do not wait for the changes of other nodes, as the Javadoc of {@link JdbcTokenStore} says, run after all nodes
 * have applied all changes. In an application, the node that records a use has just read the token.
 */
final class ClusterStore extends ForwardingTokenStore {
  private final DataSource connections;
  private final List<? extends DataSource> nodes;

  ClusterStore(DataSource connections, List<? extends DataSource> nodes) {
    super(new JdbcTokenStore(connections));
    this.connections = connections;
    this.nodes = nodes;
  }

  /** Deletes all tokens and all keys. */
  TokenStore emptied() {
    execute(connections, "SET STATEMENT wsrep_sync_wait = 3 FOR DELETE FROM counterfoil_tokens");
    execute(
        connections, "SET STATEMENT wsrep_sync_wait = 3 FOR DELETE FROM counterfoil_tokens_once");
    return this;
  }

  @Override
  public void recordUses(Map<Long, StoredToken.Use> uses, Instant latestPlausible) {
    awaitChanges();
    super.recordUses(uses, latestPlausible);
  }

  @Override
  public int deleteExpired(Instant before, int limit) {
    awaitChanges();
    return super.deleteExpired(before, limit);
  }

  private void awaitChanges() {
    nodes.forEach(node -> execute(
        node, "SET STATEMENT wsrep_sync_wait = 1 FOR SELECT COUNT(*) FROM counterfoil_tokens"));
  }

  private static void execute(DataSource pool, String sql) {
    try (Connection connection = pool.getConnection()) {
      Sql.execute(connection, sql);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }
}
