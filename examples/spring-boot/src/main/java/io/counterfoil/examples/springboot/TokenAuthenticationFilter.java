package io.counterfoil.examples.springboot;

import io.counterfoil.Verdict;
import io.counterfoil.http.BearerAuthenticator;
import io.counterfoil.servlet.BearerFilter;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import java.io.IOException;
import java.util.Set;
import org.springframework.security.core.context.SecurityContext;
import org.springframework.security.core.context.SecurityContextHolder;

/**
 * Authenticates a request by its bearer token, for this request only. The {@link BearerFilter} inside answers a request
 * whose token is not accepted.
 *
 * <p>This is a filter and not an {@code AuthenticationProvider}: a provider would leave reading the header to Spring, and
 * Spring answers every exception of a provider with 401. Here the library reads the header strictly and answers 400, 401,
 * 429 and 503 itself. The rest of the chain runs outside any {@code try}, so an exception of the application is never
 * mistaken for a rejected token.
 */
final class TokenAuthenticationFilter implements Filter {
  private final BearerFilter bearer;
  private final Set<String> scopes;

  /** @param scopes every scope that the application requires; an unrestricted token receives all of them */
  TokenAuthenticationFilter(BearerAuthenticator bearer, Set<String> scopes) {
    this.bearer = new BearerFilter(bearer);
    this.scopes = Set.copyOf(scopes);
  }

  @Override
  public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    bearer.doFilter(request, response, (admitted, answer) -> {
      if (admitted.getAttribute(BearerFilter.ACCEPTED) instanceof Verdict.Accepted accepted) {
        // A new context, because the current one may be shared with another thread. Spring Security
        // clears it after the request.
        SecurityContext context = SecurityContextHolder.createEmptyContext();
        context.setAuthentication(new TokenAuthentication(accepted, scopes));
        SecurityContextHolder.setContext(context);
      }
      chain.doFilter(admitted, answer);
    });
  }
}
