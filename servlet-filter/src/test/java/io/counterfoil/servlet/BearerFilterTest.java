package io.counterfoil.servlet;

import static org.assertj.core.api.Assertions.assertThatNullPointerException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.doThrow;
import static org.mockito.Mockito.mock;

import io.counterfoil.TokenManager;
import io.counterfoil.http.BearerAuthenticator;
import io.counterfoil.memory.InMemoryTokenStore;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.junit.jupiter.api.Test;

/** Cases that cannot be produced in a container. */
class BearerFilterTest {
  private final BearerFilter filter = new BearerFilter(
      BearerAuthenticator.builder(TokenManager.builder(new InMemoryTokenStore()).build())
          .passWithoutBearer()
          .build());

  @Test // D7: CWE-636
  void a_filter_needs_an_authenticator_and_a_servlet_needs_a_handler() {
    assertThatNullPointerException()
        .isThrownBy(() -> new BearerFilter(null))
        .withMessage("authenticator");
    assertThatNullPointerException().isThrownBy(() -> new ApiServlet(null)).withMessage("handler");
  }

  @Test // D8
  void requests_that_are_not_http_are_refused() throws Exception {
    FilterChain chain = mock();
    doThrow(new AssertionError("let through")).when(chain).doFilter(any(), any());
    assertThatThrownBy(() ->
            filter.doFilter(mock(ServletRequest.class), mock(HttpServletResponse.class), chain))
        .isInstanceOf(ServletException.class);
    assertThatThrownBy(() ->
            filter.doFilter(mock(HttpServletRequest.class), mock(ServletResponse.class), chain))
        .isInstanceOf(ServletException.class);
  }
}
