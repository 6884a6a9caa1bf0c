package io.counterfoil.springboot;

import io.counterfoil.Verdict;
import io.counterfoil.servlet.BearerFilter;
import java.util.concurrent.CompletableFuture;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.web.servlet.function.RouterFunction;
import org.springframework.web.servlet.function.RouterFunctions;
import org.springframework.web.servlet.function.ServerRequest;
import org.springframework.web.servlet.function.ServerResponse;

/** An application with a few pages. */
@EnableAutoConfiguration
class HelloApplication {
  static final String SECRET = "text of an internal error";

  @Bean
  RouterFunction<ServerResponse> pages() {
    return RouterFunctions.route()
        .GET("/api/hello", request -> ServerResponse.ok().body("Hello " + name(request)))
        .GET(
            "/api/later",
            request -> ServerResponse.async(CompletableFuture.supplyAsync(
                () -> ServerResponse.ok().body("Later " + name(request)))))
        .GET("/api/thread", request -> ServerResponse.ok().body("" + Thread.currentThread()))
        .GET("/api/failing", request -> {
          throw new IllegalStateException(SECRET);
        })
        .GET("/open", request -> ServerResponse.ok().body("Open"))
        .GET("/open/failing", request -> {
          throw new IllegalStateException(SECRET);
        })
        .GET("/open/forward", HelloApplication::forward)
        .build();
  }

  private static ServerResponse forward(ServerRequest request) {
    var servletRequest = request.servletRequest();
    return ServerResponse.ok().build((ignored, response) -> {
      servletRequest.getRequestDispatcher("/api/hello").forward(servletRequest, response);
      return null;
    });
  }

  private static String name(ServerRequest request) {
    return request
        .attribute(BearerFilter.ACCEPTED)
        .map(accepted -> ((Verdict.Accepted) accepted).token().userName())
        .orElse("nobody");
  }
}
