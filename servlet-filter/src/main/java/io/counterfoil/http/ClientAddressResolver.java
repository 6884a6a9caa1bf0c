package io.counterfoil.http;

import io.counterfoil.AddressRange;
import java.net.InetAddress;
import java.util.List;
import java.util.Optional;

/**
 * Finds the address from which a request came: that of the socket or, where a trusted proxy is at its other end, the last one in
 * a field that no trusted proxy has. What stands before that, anybody may have written.
 */
final class ClientAddressResolver {
  /** Trusts nobody. */
  static final ClientAddressResolver OF_SOCKET =
      new ClientAddressResolver(ForwardedHeader.X_FORWARDED_FOR, List.of());

  private final ForwardedHeader field;
  private final List<AddressRange> proxies;

  ClientAddressResolver(ForwardedHeader field, List<AddressRange> proxies) {
    this.field = field;
    this.proxies = List.copyOf(proxies);
  }

  /** Empty where nobody who is trusted says it: a proxy that says nothing speaks for others, not for itself. */
  Optional<InetAddress> of(ApiRequest request) {
    Optional<InetAddress> socket = request.remoteAddress();
    if (socket.isEmpty() || !isProxy(socket.get())) {
      return socket;
    }
    Optional<InetAddress> client = Optional.empty();
    List<String> hops = ForwardedHeader.elements(request.headers(field.headerName()));
    for (int i = hops.size() - 1;
        i >= 0;
        i--) { // no more are read than count: anybody can send many
      client = field.address(hops.get(i));
      if (client.isEmpty() || !isProxy(client.get())) {
        return client;
      }
    }
    return client;
  }

  private boolean isProxy(InetAddress address) {
    for (AddressRange proxy : proxies) { // no stream: every request comes here, mostly with none
      if (proxy.contains(address)) {
        return true;
      }
    }
    return false;
  }
}
