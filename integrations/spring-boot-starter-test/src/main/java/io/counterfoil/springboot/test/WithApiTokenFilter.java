package io.counterfoil.springboot.test;

import io.counterfoil.springboot.ApiTokenAuthentication;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import java.io.IOException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationContext;
import org.springframework.http.HttpHeaders;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.security.core.Authentication;
import org.springframework.security.test.web.support.WebTestUtils;
import org.springframework.security.web.context.HttpRequestResponseHolder;
import org.springframework.web.util.WebUtils;

/**
 * Adds the token of {@link WithApiToken} to the requests of MockMvc.
 *
 * <p>Without it, a request would have the authentication but no token: it would need a CSRF token, and the scopes of the routes
 * would not be checked. So a test could pass although the application refuses the request. It is a filter, because it must see the
 * authentication after all post-processors of the request.
 */
final class WithApiTokenFilter implements Filter {
  private final ApplicationContext application;

  WithApiTokenFilter(ApplicationContext application) {
    this.application = application;
  }

  @Override
  public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    // A request of a real client is not a mock.
    MockHttpServletRequest mock = WebUtils.getNativeRequest(request, MockHttpServletRequest.class);
    if (mock != null && mock.getHeader(HttpHeaders.AUTHORIZATION) == null) {
      header(mock).ifPresent(value -> mock.addHeader(HttpHeaders.AUTHORIZATION, value));
    }
    chain.doFilter(request, response);
  }

  private Optional<String> header(MockHttpServletRequest request) {
    return authentication(request) instanceof ApiTokenAuthentication token
        ? TestTokens.of(application)
            .find(token.accepted())
            .map(TestTokens.Issued::authorizationHeader)
        : Optional.empty();
  }

  /** Returns the authentication that Spring Security will find when its filters start. */
  @SuppressWarnings(
      "deprecation") // the method that the repository of spring-security-test implements
  private static @Nullable Authentication authentication(MockHttpServletRequest request) {
    var holder = new HttpRequestResponseHolder(request, new MockHttpServletResponse());
    return WebTestUtils.getSecurityContextRepository(request)
        .loadContext(holder)
        .getAuthentication();
  }
}
