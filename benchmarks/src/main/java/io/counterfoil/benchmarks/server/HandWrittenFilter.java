package io.counterfoil.benchmarks.server;

import io.counterfoil.benchmarks.HexKeyMap;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** A filter that a developer could write in an hour. */
final class HandWrittenFilter implements Filter {
  private static final String SCHEME = "Bearer ";

  private final HexKeyMap names;

  HandWrittenFilter(HexKeyMap names) {
    this.names = names;
  }

  @Override
  public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    String name = name(((HttpServletRequest) request).getHeader("Authorization"));
    if (name == null) {
      HttpServletResponse unauthorized = (HttpServletResponse) response;
      unauthorized.setHeader("WWW-Authenticate", "Bearer");
      unauthorized.setStatus(HttpServletResponse.SC_UNAUTHORIZED);
      return;
    }
    request.setAttribute("user", name);
    chain.doFilter(request, response);
  }

  private @Nullable String name(@Nullable String field) {
    return field != null && field.startsWith(SCHEME)
        ? names.name(field.substring(SCHEME.length()))
        : null;
  }
}
