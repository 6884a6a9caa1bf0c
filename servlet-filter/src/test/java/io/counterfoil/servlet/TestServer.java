package io.counterfoil.servlet;

import io.counterfoil.NewToken;
import io.counterfoil.TokenManager;
import io.counterfoil.http.BearerAuthenticator;
import io.counterfoil.http.ManagementPolicy;
import io.counterfoil.http.TokenApi;
import io.counterfoil.testing.CountingStore;
import io.counterfoil.testing.TestClock;
import jakarta.servlet.Filter;
import jakarta.servlet.http.HttpServlet;
import java.io.IOException;

/**
 * A container with a filter in front of {@code /api/*}, the management API at {@code /api/tokens}, a {@link ProtectedPage} at
 * {@code /api/page}, and a token without owner and scopes.
 */
final class TestServer implements AutoCloseable {
  static final String TOKENS = "/api/tokens";
  static final String PAGE = "/api/page";

  final CountingStore store = new CountingStore();
  final TestClock clock = new TestClock();
  final TokenManager tokens = TokenManager.builder(store).clock(clock).build();
  final String plaintext = tokens.create(NewToken.named("default")).reveal();
  final String bearer = "Authorization: Bearer " + plaintext;
  final ProtectedPage page = new ProtectedPage();
  final ContainerConfig config = new ContainerConfig();

  private final Container container = Container.ofThisRun();

  /** Starts with a filter that accepts any valid token of this server. */
  TestServer start() throws Exception {
    return start(new BearerFilter(BearerAuthenticator.builder(tokens).build()));
  }

  /** Starts with that filter in front of the filters that were added with {@link #addFilter}. */
  TestServer start(Filter filter) throws Exception {
    config.filters.add(0, new ContainerConfig.Mapping<>(config.filterPattern, filter));
    mount(TOKENS + "/*", new ApiServlet(TokenApi.of(tokens, ManagementPolicy.anyToken())));
    mount(PAGE, page);
    container.start(config);
    return this;
  }

  void addFilter(String pattern, Filter filter) {
    config.filters.add(new ContainerConfig.Mapping<>(pattern, filter));
  }

  void mount(String pattern, HttpServlet servlet) {
    config.servlets.add(new ContainerConfig.Mapping<>(pattern, servlet));
  }

  int port() {
    return container.port();
  }

  RawHttp connect() throws IOException {
    return new RawHttp(port());
  }

  RawHttp.Response exchange(String request) throws IOException {
    return RawHttp.exchange(port(), request);
  }

  @Override
  public void close() throws IOException {
    tokens.close();
    try {
      container.stop();
    } catch (Exception e) {
      throw new IOException("the server failed to stop", e);
    }
  }
}
