package io.counterfoil.benchmarks.peers;

import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.UncheckedIOException;

/** A filter in front of a page that does nothing. */
public final class FilterCheck implements Check {
  private final Filter filter;
  private final Request request = new Request();
  private final Response response = new Response();
  private final Page page = new Page();

  /** Makes a check by that filter. */
  public FilterCheck(Filter filter) {
    this.filter = filter;
  }

  @Override
  public boolean accepts(String field) {
    page.isReached = false;
    response.again();
    try {
      filter.doFilter(request.again(field), response, page);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (ServletException e) {
      throw new IllegalStateException(e);
    }
    if (!page.isReached && response.getStatus() != HttpServletResponse.SC_UNAUTHORIZED) {
      throw new IllegalStateException("refused with status " + response.getStatus());
    }
    return page.isReached;
  }

  private static final class Page implements FilterChain {
    private boolean isReached;

    @Override
    public void doFilter(ServletRequest request, ServletResponse response) {
      isReached = true;
    }
  }
}
