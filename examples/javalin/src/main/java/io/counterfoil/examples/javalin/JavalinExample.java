package io.counterfoil.examples.javalin;

import io.counterfoil.NewToken;
import io.counterfoil.TokenManager;
import io.counterfoil.Verdict;
import io.counterfoil.http.BearerAuthenticator;
import io.counterfoil.http.ManagementPolicy;
import io.counterfoil.http.TokenApi;
import io.counterfoil.memory.InMemoryTokenStore;
import io.counterfoil.servlet.ApiServlet;
import io.counterfoil.servlet.BearerFilter;
import io.javalin.Javalin;
import io.javalin.config.JavalinConfig;
import io.javalin.http.Context;
import io.javalin.http.Handler;
import jakarta.servlet.DispatcherType;
import java.util.EnumSet;
import java.util.Objects;
import org.eclipse.jetty.ee10.servlet.FilterHolder;
import org.eclipse.jetty.ee10.servlet.ServletHolder;

/**
 * A server with a public page, a page for tokens at {@code /api/hello}, and the management API at {@code /api/tokens}.
 *
 * <p>Each router guards its own paths: Javalin guards the pages, and the container guards the management API. A container filter
 * in front of Javalin's pages could be bypassed, because Javalin can be configured to accept {@code //API/hello} for {@code
 * /api/hello}.
 */
public final class JavalinExample {
  private JavalinExample() {}

  /** Registers the pages and the API. Stopping the server closes the manager. */
  static void configure(JavalinConfig config, TokenManager tokens) {
    var filter = new BearerFilter(BearerAuthenticator.builder(tokens).build());
    var api = new ApiServlet(TokenApi.of(tokens, ManagementPolicy.anyToken()));
    config.jetty.modifyServletContextHandler(container -> {
      var everything = EnumSet.allOf(DispatcherType.class);
      container.addFilter(new FilterHolder(filter), "/api/tokens/*", everything);
      container.addServlet(new ServletHolder(api), "/api/tokens/*");
    });
    config.routes.before("/api/*", guard(filter));
    config.routes.wsBeforeUpgrade("/api/*", guard(filter)); // "before" does not see web sockets
    config.routes.get("/", context -> context.result("Hello\n"));
    config.routes.get("/api/hello", JavalinExample::hello);
    config.events.serverStopped(tokens::close); // after the last request, so its use is recorded
  }

  /** Ends the request if the filter has answered it. */
  private static Handler guard(BearerFilter filter) {
    return context -> {
      filter.doFilter(context.req(), context.res(), (request, response) -> {});
      if (context.attribute(BearerFilter.ACCEPTED) == null) {
        context.skipRemainingHandlers();
      }
    };
  }

  private static void hello(Context context) {
    Verdict.Accepted accepted = Objects.requireNonNull(context.attribute(BearerFilter.ACCEPTED));
    context.result("Hello " + accepted.token().userName() + '\n');
  }

  /** Starts the server on port 8080 and prints a command to try. */
  public static void main(String[] args) {
    TokenManager tokens = TokenManager.builder(new InMemoryTokenStore()).build();
    Javalin server = Javalin.create(config -> configure(config, tokens)).start("127.0.0.1", 8080);
    Runtime.getRuntime().addShutdownHook(new Thread(server::stop));
    String plaintext = tokens.create(NewToken.named("bootstrap").unrestricted()).reveal();
    System.out.println(
        "Try: curl -H 'Authorization: Bearer " + plaintext + "' http://127.0.0.1:8080/api/hello");
  }
}
