package io.counterfoil.examples.springsecurity;

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
 * Makes the bearer of a token the user of Spring Security, for this request alone; whose token is no good is answered by
 * the {@link BearerFilter} in it.
 *
 * <p>It is no {@code AuthenticationProvider}: one judges what another has read out of the request, and says no by an
 * exception that Spring turns into 401, so that neither the strict reading of the field nor the answers 400, 429 and 503
 * would be the library's. The rest of the chain is called outside any {@code try}, so that what the application throws is
 * never taken for a token that is no good.
 */
final class TokenAuthenticationFilter implements Filter {
  private final BearerFilter bearer;
  private final Set<String> scopes;

  /** @param scopes every scope that the application asks for: a token without scopes has them all */
  TokenAuthenticationFilter(BearerAuthenticator bearer, Set<String> scopes) {
    this.bearer = new BearerFilter(bearer);
    this.scopes = Set.copyOf(scopes);
  }

  @Override
  public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    bearer.doFilter(request, response, (admitted, answer) -> {
      if (admitted.getAttribute(BearerFilter.ACCEPTED) instanceof Verdict.Accepted accepted) {
        // A new one, never that of another thread; Spring Security clears it after the request.
        SecurityContext context = SecurityContextHolder.createEmptyContext();
        context.setAuthentication(new TokenAuthentication(accepted, scopes));
        SecurityContextHolder.setContext(context);
      }
      chain.doFilter(admitted, answer);
    });
  }
}
