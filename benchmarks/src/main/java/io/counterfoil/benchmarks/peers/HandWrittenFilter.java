package io.counterfoil.benchmarks.peers;

import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** The filter that one would write in an hour. */
public final class HandWrittenFilter implements Filter {
  private static final String SCHEME = "Bearer ";

  private final Names names;

  /** Makes a filter that lets in whoever has one of these tokens. */
  public HandWrittenFilter(Names names) {
    this.names = names;
  }

  @Override
  public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    String name = name(((HttpServletRequest) request).getHeader("Authorization"));
    if (name == null) {
      HttpServletResponse refused = (HttpServletResponse) response;
      refused.setHeader("WWW-Authenticate", "Bearer");
      refused.setStatus(HttpServletResponse.SC_UNAUTHORIZED);
      return;
    }
    request.setAttribute("user", name);
    chain.doFilter(request, response);
  }

  private @Nullable String name(@Nullable String field) {
    return field != null && field.startsWith(SCHEME)
        ? names.of(field.substring(SCHEME.length()))
        : null;
  }
}
