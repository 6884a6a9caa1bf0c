package io.counterfoil.springboot;

import io.counterfoil.Verdict;
import io.counterfoil.servlet.BearerFilter;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;

/** Puts the id of the accepted token into the diagnostic context of the log while the request runs. */
final class TokenIdFilter implements Filter {
  private static final String KEY = "token.id";

  @Override
  public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    if (request.getAttribute(BearerFilter.ACCEPTED) instanceof Verdict.Accepted accepted) {
      String before = MDC.get(KEY);
      MDC.put(KEY, Long.toString(accepted.token().id()));
      try {
        chain.doFilter(request, response);
      } finally {
        restore(before);
      }
    } else {
      chain.doFilter(request, response);
    }
  }

  private static void restore(@Nullable String before) {
    if (before == null) {
      MDC.remove(KEY);
    } else {
      MDC.put(KEY, before);
    }
  }
}
