package io.counterfoil.http;

import io.counterfoil.AddressRange;
import java.net.InetAddress;
import java.util.List;
import java.util.Optional;

/**
 * The proxies that may report from where and how they got a request.
 *
 * @param header the header to which each of them appends
 */
record TrustedProxies(ForwardedHeader header, List<AddressRange> ranges) {
  static final TrustedProxies NONE = new TrustedProxies(ForwardedHeader.X_FORWARDED_FOR, List.of());

  TrustedProxies {
    ranges = List.copyOf(ranges);
  }

  boolean contain(InetAddress address) {
    return ranges.stream().anyMatch(range -> range.contains(address));
  }

  /** Returns whether the socket of a request belongs to one of these proxies. */
  boolean sent(ApiRequest request) {
    return request.remoteAddress().filter(this::contain).isPresent();
  }

  /**
   * Returns the element of the header that describes the request of the client: the last one whose address does not belong to
   * one of these proxies. A client can forge all elements before that one. If all addresses belong to these proxies, it is the
   * first element. Empty if there is none.
   *
   * @param request a request that one of these proxies {@linkplain #sent sent}
   */
  Optional<String> clientElement(ApiRequest request) {
    Optional<String> element = Optional.empty();
    List<String> lines = request.headers(header.headerName());
    // Starts at the end and stops as early as possible: clients can send many lines and elements.
    for (int i = lines.size() - 1; i >= 0; i--) {
      List<String> hops = header.elements(lines.get(i));
      for (int j = hops.size() - 1; j >= 0; j--) {
        element = Optional.of(hops.get(j));
        if (header.address(hops.get(j)).filter(this::contain).isEmpty()) {
          return element;
        }
      }
    }
    return element;
  }
}
