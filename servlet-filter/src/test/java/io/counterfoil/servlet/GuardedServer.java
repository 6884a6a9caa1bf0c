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
 * A container with a filter before everything below {@code /api}, the management API at {@code /api/tokens}, a {@link
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
  final Site site = new Site();

  private final Container container = Container.ofThisRun();

  /** Starts with a check of the tokens of this server that demands nothing else. */
  GuardedServer start() throws Exception {
    return start(new BearerFilter(BearerAuthenticator.builder(tokens).build()));
  }

  /** Starts with that filter before all others that guard something. */
  GuardedServer start(Filter filter) throws Exception {
    site.filters.add(0, new Site.Mapped<>(site.guarded, filter));
    mount(TOKENS + "/*", new ApiServlet(TokenApi.of(tokens, ManagementPolicy.anyToken())));
    mount(PAGE, page);
    container.start(site);
    return this;
  }

  void guard(String pattern, Filter filter) {
    site.filters.add(new Site.Mapped<>(pattern, filter));
  }

  void mount(String pattern, HttpServlet servlet) {
    site.servlets.add(new Site.Mapped<>(pattern, servlet));
  }

  int port() {
    return container.port();
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
      container.stop();
    } catch (Exception e) {
      throw new IOException("the server does not stop", e);
    }
  }
}
