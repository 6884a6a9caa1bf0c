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
import jakarta.servlet.DispatcherType;
import java.util.EnumSet;
import java.util.Objects;
import org.eclipse.jetty.ee10.servlet.FilterHolder;
import org.eclipse.jetty.ee10.servlet.ServletHolder;

/**
 * A server with one page, {@code /api/hello}, and the management API at {@code /api/tokens}.
 *
 * <p>A filter of the container below and no {@code before} of Javalin: it guards what is not Javalin's too, and nothing of Javalin
 * runs for a request that is refused.
 */
public final class JavalinExample {
  private JavalinExample() {}

  /** Returns the application, which ends the manager when it is stopped. */
  static Javalin create(TokenManager tokens) {
    return Javalin.create(config -> {
      guard(config, tokens);
      config.events.serverStopped(tokens::close); // after the last request, whose use is yet to be recorded
      config.routes.get("/api/hello", JavalinExample::hello);
    });
  }

  private static void guard(JavalinConfig config, TokenManager tokens) {
    var bearer = BearerAuthenticator.builder(tokens).build();
    var api = TokenApi.of(tokens, ManagementPolicy.anyToken());
    config.jetty.modifyServletContextHandler(context -> {
      context.addFilter(
          new FilterHolder(new BearerFilter(bearer)),
          "/api/*",
          EnumSet.allOf(DispatcherType.class));
      context.addServlet(new ServletHolder(new ApiServlet(api)), "/api/tokens/*");
    });
  }

  private static void hello(Context context) {
    Verdict.Accepted accepted = Objects.requireNonNull(context.attribute(BearerFilter.ACCEPTED));
    context.result("Hello " + accepted.token().name() + '\n');
  }

  /** Runs until the process is asked to end. */
  public static void main(String[] args) {
    TokenManager tokens = TokenManager.builder(new InMemoryTokenStore()).build();
    Javalin server = create(tokens).start("127.0.0.1", 8080);
    Runtime.getRuntime().addShutdownHook(new Thread(server::stop));
    String plaintext = tokens.create(NewToken.named("bootstrap")).reveal();
    System.out.println("Try: curl -H 'Authorization: Bearer " + plaintext
        + "' http://127.0.0.1:8080/api/hello");
  }
}
