package io.counterfoil.servlet;

import io.counterfoil.Verdict;
import io.counterfoil.http.ApiRequest;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;

/** A servlet request, as a handler sees it. */
final class ServletApiRequest implements ApiRequest {
  private final HttpServletRequest request;

  ServletApiRequest(HttpServletRequest request) {
    this.request = request;
  }

  @Override
  public String method() {
    return request.getMethod();
  }

  /** The container's reading of the path, by which it chose the servlet; the raw one may say something else. */
  @Override
  public String path() {
    String path = request.getPathInfo();
    return path == null ? "" : path;
  }

  @Override
  public List<String> headers(String name) {
    return BearerFilter.fields(request.getHeaders(name));
  }

  @Override
  public InputStream body() throws IOException {
    return request.getInputStream();
  }

  @Override
  public Optional<Verdict.Accepted> accepted() {
    return request.getAttribute(BearerFilter.ACCEPTED) instanceof Verdict.Accepted accepted
        ? Optional.of(accepted)
        : Optional.empty();
  }
}
