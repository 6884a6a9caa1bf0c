package io.counterfoil.examples.gateway;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import java.net.InetAddress;
import java.net.URLDecoder;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The user of a request, according to the three headers that the gateway has set.
 *
 * @param tokenId the id of the token
 * @param owner the owner of the token, or {@code token:<id>}
 * @param scopes the scopes of the token; {@code *} stands for every scope
 */
record GatewayUser(long tokenId, String owner, Set<String> scopes) {

  /** Returns the user. Empty if the request does not come from the gateway, or does not have each header exactly once. */
  static Optional<GatewayUser> of(HttpExchange exchange, InetAddress gateway) {
    if (!exchange.getRemoteAddress().getAddress().equals(gateway)) {
      return Optional.empty(); // any client could send these headers
    }
    List<String> values = Stream.of("X-Token-Id", "X-Token-Owner", "X-Token-Scopes")
        .map(name -> exchange.getRequestHeaders().getOrDefault(name, List.of()))
        .filter(lines -> lines.size() == 1)
        .map(lines -> lines.get(0))
        .filter(value -> !value.isEmpty())
        .toList();
    return values.size() == 3
        ? Optional.of(new GatewayUser(
            Long.parseLong(values.get(0)), decoded(values.get(1)), scopes(values.get(2))))
        : Optional.empty();
  }

  /** A hyphen means that there are no scopes. A scope with this name is sent as {@code %2D}. */
  private static Set<String> scopes(String header) {
    return header.equals("-")
        ? Set.of()
        : Stream.of(header.split(" ")).map(GatewayUser::decoded).collect(Collectors.toSet());
  }

  private static String decoded(String text) {
    return URLDecoder.decode(text, UTF_8);
  }

  boolean hasScope(String scope) {
    return scopes.contains(scope) || scopes.contains("*");
  }
}
