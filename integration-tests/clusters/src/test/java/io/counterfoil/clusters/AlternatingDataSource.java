package io.counterfoil.clusters;

import java.io.PrintWriter;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.logging.Logger;
import javax.sql.DataSource;

/** Takes each connection from the pool of the next node. Then a call sees the effect of the call before only if nodes are consistent. */
final class AlternatingDataSource implements DataSource {
  private final List<? extends DataSource> nodes;
  private final AtomicInteger calls = new AtomicInteger();

  AlternatingDataSource(List<? extends DataSource> nodes) {
    this.nodes = List.copyOf(nodes);
  }

  @Override
  public Connection getConnection() throws SQLException {
    return nodes.get(Math.floorMod(calls.getAndIncrement(), nodes.size())).getConnection();
  }

  @Override
  public Connection getConnection(String username, String password) throws SQLException {
    throw new SQLFeatureNotSupportedException();
  }

  @Override
  public PrintWriter getLogWriter() {
    throw new UnsupportedOperationException();
  }

  @Override
  public void setLogWriter(PrintWriter out) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void setLoginTimeout(int seconds) {
    throw new UnsupportedOperationException();
  }

  @Override
  public int getLoginTimeout() {
    return 0;
  }

  @Override
  public Logger getParentLogger() throws SQLFeatureNotSupportedException {
    throw new SQLFeatureNotSupportedException();
  }

  @Override
  public <T> T unwrap(Class<T> type) throws SQLException {
    return nodes.get(0).unwrap(type);
  }

  @Override
  public boolean isWrapperFor(Class<?> type) throws SQLException {
    return nodes.get(0).isWrapperFor(type);
  }
}
