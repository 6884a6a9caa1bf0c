package io.counterfoil.http;

import io.counterfoil.AddressRange;
import java.net.InetAddress;
import java.util.List;
import java.util.Optional;

/**
 * Finds the address of the client that sent a request.
 *
 * <p>This is the address of the socket. If that belongs to a trusted proxy, it is the last address in the forwarded
 * header that does not belong to a trusted proxy. A client can forge all addresses before that one.
 */
final class ClientAddressResolver {
  static final ClientAddressResolver SOCKET_ONLY =
      new ClientAddressResolver(ForwardedHeader.X_FORWARDED_FOR, List.of());

  private final ForwardedHeader header;
  private final List<AddressRange> proxies;

  ClientAddressResolver(ForwardedHeader header, List<AddressRange> proxies) {
    this.header = header;
    this.proxies = List.copyOf(proxies);
  }

  /**
   * Returns the address. Empty if it is unknown, or if a trusted proxy reports none or an unreadable one: the proxy is
   * not the client. If all reported addresses belong to trusted proxies, it is the first of them.
   */
  Optional<InetAddress> resolve(ApiRequest request) {
    Optional<InetAddress> socket = request.remoteAddress();
    if (socket.isEmpty() || !isProxy(socket.get())) {
      return socket;
    }
    Optional<InetAddress> client = Optional.empty();
    List<String> lines = request.headers(header.headerName());
    // Starts at the end and stops as early as possible: clients can send many lines and elements.
    for (int i = lines.size() - 1; i >= 0; i--) {
      List<String> hops = header.elements(lines.get(i));
      for (int j = hops.size() - 1; j >= 0; j--) {
        client = header.address(hops.get(j));
        if (client.isEmpty() || !isProxy(client.get())) {
          return client;
        }
      }
    }
    return client;
  }

  /**
   * Returns the address for which a rejected attempt of this request counts. This is the client's or, if it is unknown,
   * that of the socket: otherwise a client could avoid the throttle with an unreadable header. Empty if that is unknown
   * too.
   */
  Optional<InetAddress> resolveForThrottle(ApiRequest request) {
    return resolve(request).or(request::remoteAddress);
  }

  boolean hasProxies() {
    return !proxies.isEmpty();
  }

  /** Returns whether a trusted proxy has sent this request itself. */
  boolean isFromProxy(ApiRequest request) {
    return request.remoteAddress().filter(this::isProxy).isPresent();
  }

  private boolean isProxy(InetAddress address) {
    return proxies.stream().anyMatch(proxy -> proxy.contains(address));
  }
}
