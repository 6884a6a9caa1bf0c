package io.counterfoil.springboot;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.Filter;
import java.util.EnumSet;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.slf4j.MDC;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.core.Ordered;
import org.springframework.web.servlet.function.RouterFunction;
import org.springframework.web.servlet.function.RouterFunctions;
import org.springframework.web.servlet.function.ServerResponse;

/** An application that shows the MDC key {@code token.id} of each dispatch, and notes it after the dispatch. */
@EnableAutoConfiguration
class LoggingApplication {
  private static final String KEY = "token.id";

  /**
   * What happens after each dispatch.
   *
   * @param values the values of the key, on the thread of the dispatch
   * @param pending the responses that are sent later, by another dispatch
   */
  record After(Queue<String> values, Queue<CompletableFuture<ServerResponse>> pending) {}

  @Bean
  After after() {
    return new After(new ConcurrentLinkedQueue<>(), new ConcurrentLinkedQueue<>());
  }

  /** The first filter of all. With the parameter {@code outer}, the key has a value before the request. */
  @Bean
  FilterRegistrationBean<Filter> notingFilter(After after) {
    var registration = new FilterRegistrationBean<Filter>((request, response, chain) -> {
      if (request.getParameter("outer") != null) {
        MDC.put(KEY, "outer");
      }
      try {
        chain.doFilter(request, response);
      } finally {
        after.values().add(request.getDispatcherType() + " " + MDC.get(KEY));
        MDC.remove(KEY);
        CompletableFuture<ServerResponse> later = after.pending().poll();
        if (later != null) {
          later.complete(shown());
        }
      }
    });
    registration.setOrder(Ordered.HIGHEST_PRECEDENCE);
    registration.setDispatcherTypes(EnumSet.allOf(DispatcherType.class));
    return registration;
  }

  @Bean
  RouterFunction<ServerResponse> pages(After after) {
    return RouterFunctions.route()
        .GET("/api/now", request -> shown())
        .GET("/open", request -> shown())
        .GET("/api/later", request -> {
          CompletableFuture<ServerResponse> later = new CompletableFuture<>();
          after.pending().add(later);
          return ServerResponse.async(later);
        })
        .GET("/api/failing", request -> {
          throw new IllegalStateException("failing with " + MDC.get(KEY));
        })
        .build();
  }

  /** Shows the value at the time of writing the response. */
  private static ServerResponse shown() {
    return ServerResponse.ok().build((request, response) -> {
      response.getWriter().write("id " + MDC.get(KEY));
      return null;
    });
  }
}
