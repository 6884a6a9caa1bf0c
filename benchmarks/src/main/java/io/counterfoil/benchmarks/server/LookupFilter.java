package io.counterfoil.benchmarks.server;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.counterfoil.TokenHash;
import io.counterfoil.TokenStore;
import io.counterfoil.benchmarks.HexKeyMap;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.List;

/** A filter that only hashes the token and looks for it in the store. It expects a valid token in every request. */
final class LookupFilter implements Filter {
  private static final int PLAINTEXT_START = "Bearer ".length();

  private final TokenStore store;

  LookupFilter(TokenStore store) {
    this.store = store;
  }

  @Override
  public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    String field = ((HttpServletRequest) request).getHeader("Authorization");
    byte[] plaintext = field.substring(PLAINTEXT_START).getBytes(US_ASCII);
    TokenHash hash = TokenHash.of("sha256", HexKeyMap.sha256().digest(plaintext));
    if (store.findByHash(List.of(hash)).isEmpty()) {
      throw new ServletException("no token has this hash");
    }
    chain.doFilter(request, response);
  }
}
