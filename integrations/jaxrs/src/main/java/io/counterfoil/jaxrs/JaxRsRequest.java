package io.counterfoil.jaxrs;

import io.counterfoil.Verdict;
import io.counterfoil.http.ApiRequest;
import jakarta.ws.rs.container.ContainerRequestContext;
import java.io.InputStream;
import java.net.InetAddress;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** A request of JAX-RS, as the check sees it. */
record JaxRsRequest(
    ContainerRequestContext request,
    Function<ContainerRequestContext, Optional<InetAddress>> addresses)
    implements ApiRequest {

  @Override
  public String method() {
    return request.getMethod();
  }

  /**
   * Returns the path below the application as it was sent, because JAX-RS matches the encoded path. No route matches a path
   * with matrix parameters or encoded characters.
   */
  @Override
  public String path() {
    String base = request.getUriInfo().getBaseUri().getRawPath();
    String path = request.getUriInfo().getRequestUri().getRawPath();
    return path.startsWith(base) ? '/' + path.substring(base.length()) : "";
  }

  @Override
  public String query() {
    String query = request.getUriInfo().getRequestUri().getRawQuery();
    return query == null ? "" : query;
  }

  @Override
  public List<String> headers(String name) {
    return request.getHeaders().entrySet().stream()
        .filter(header -> header.getKey().equalsIgnoreCase(name))
        .map(Map.Entry::getValue)
        .flatMap(List::stream)
        .toList();
  }

  @Override
  public InputStream body() {
    return request.getEntityStream();
  }

  @Override
  public Optional<InetAddress> remoteAddress() {
    return addresses.apply(request);
  }

  @Override
  public Optional<Verdict.Accepted> accepted() {
    return Optional.empty();
  }
}
