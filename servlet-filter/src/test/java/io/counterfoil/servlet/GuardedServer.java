package io.counterfoil.servlet;

import io.counterfoil.NewToken;
import io.counterfoil.TokenManager;
import io.counterfoil.http.BearerAuthenticator;
import io.counterfoil.http.ManagementPolicy;
import io.counterfoil.http.TokenApi;
import io.counterfoil.testing.CountingStore;
import io.counterfoil.testing.TestClock;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.Filter;
import jakarta.servlet.http.HttpServlet;
import java.io.IOException;
import java.util.EnumSet;
import org.eclipse.jetty.ee10.servlet.FilterHolder;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.ee10.servlet.ServletHolder;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

/**
 * A Jetty with a filter before everything below {@code /api}, the management API at {@code /api/tokens}, a {@link
 * GuardedPage} at {@code /api/page}, and a token with all rights.
 */
final class GuardedServer implements AutoCloseable {
  static final String TOKENS = "/api/tokens";
  static final String PAGE = "/api/page";

  final CountingStore store = new CountingStore();
  final TestClock clock = new TestClock();
  final TokenManager tokens = TokenManager.builder(store).clock(clock).build();
  final String plaintext = tokens.create(NewToken.named("default")).reveal();
  final String bearer = "Authorization: Bearer " + plaintext;
  final GuardedPage page = new GuardedPage();
  final HttpConfiguration http = new HttpConfiguration();

  /** With sessions, so that one would be made if anybody asked for it. */
  final ServletContextHandler context =
      new ServletContextHandler("/", ServletContextHandler.SESSIONS);

  private final Server server;
  private final ServerConnector connector;

  GuardedServer() {
    this(8);
  }

  GuardedServer(int threads) {
    server = new Server(new QueuedThreadPool(threads, threads));
    connector = new ServerConnector(server, 1, 1, new HttpConnectionFactory(http));
    connector.setHost("127.0.0.1");
    server.addConnector(connector);
    server.setHandler(context);
  }

  /** Starts with a check of the tokens of this server that demands nothing else. */
  GuardedServer start() throws Exception {
    return start(new BearerFilter(BearerAuthenticator.builder(tokens).build()));
  }

  GuardedServer start(Filter filter) throws Exception {
    guard("/api/*", filter);
    mount(TOKENS + "/*", new ApiServlet(TokenApi.of(tokens, ManagementPolicy.anyToken())));
    mount(PAGE, page);
    server.start();
    return this;
  }

  void guard(String pattern, Filter filter) {
    FilterHolder holder = new FilterHolder(filter);
    holder.setAsyncSupported(true);
    context.addFilter(holder, pattern, EnumSet.allOf(DispatcherType.class));
  }

  void mount(String pattern, HttpServlet servlet) {
    ServletHolder holder = new ServletHolder(servlet);
    holder.setAsyncSupported(true);
    context.addServlet(holder, pattern);
  }

  void idleTimeout(long millis) {
    connector.setIdleTimeout(millis);
  }

  int port() {
    return connector.getLocalPort();
  }

  RawHttp connect() throws IOException {
    return new RawHttp(port());
  }

  RawHttp.Answer exchange(String request) throws IOException {
    return RawHttp.exchange(port(), request);
  }

  @Override
  public void close() throws IOException {
    try {
      server.stop();
    } catch (Exception e) {
      throw new IOException("the server does not stop", e);
    }
  }
}
