package io.counterfoil.http;

import io.counterfoil.AddressRange;
import java.net.InetAddress;
import java.util.List;
import java.util.Optional;

/**
 * Decides whether the credential of a request was encrypted on its way from the client.
 *
 * <p>What a trusted proxy reports counts, and nothing that another client writes into a header. What is unknown counts as
 * cleartext.
 */
record Transport(TrustedProxies proxies) {
  private static final List<String> FORWARDING_FIELDS = List.of(
      "Forwarded", "Via", "X-Forwarded-For", "X-Forwarded-Host", "X-Forwarded-Proto", "X-Real-IP");

  boolean isProtected(ApiRequest request) {
    return proxies.sent(request)
        ? isReportedAsProtected(request)
        : request.isSecure() || isLocal(request);
  }

  /** The way from the proxy to this host is the operator's: a proxy that ends TLS often sends cleartext on. */
  private boolean isReportedAsProtected(ApiRequest request) {
    return proxies.header() == ForwardedHeader.FORWARDED
        ? proxies
            .clientElement(request)
            .flatMap(ForwardedHeader::proto)
            .filter(Transport::isTls)
            .isPresent()
        : isTls(request.headers("X-Forwarded-Proto"));
  }

  /**
   * Requires each value to be TLS: a proxy may append its value to one that the client has sent, and does not say which one is
   * its own.
   */
  private static boolean isTls(List<String> lines) {
    return !lines.isEmpty()
        && lines.stream()
            .flatMap(line -> List.of(line.split(",", -1)).stream())
            .allMatch(value -> isTls(value.strip()));
  }

  private static boolean isTls(String scheme) {
    return scheme.equalsIgnoreCase("https") || scheme.equalsIgnoreCase("wss");
  }

  /**
   * Returns whether a request never left this machine. A proxy on this machine has a loopback address too, and what it forwards may
   * have come over any network in cleartext. So no field may show that a request was forwarded, and it must name this machine.
   */
  private static boolean isLocal(ApiRequest request) {
    List<String> hosts = request.headers("Host");
    return request.remoteAddress().filter(InetAddress::isLoopbackAddress).isPresent()
        && FORWARDING_FIELDS.stream().allMatch(field -> request.headers(field).isEmpty())
        && hosts.size() == 1
        && isLoopbackHost(hosts.get(0));
  }

  private static boolean isLoopbackHost(String host) {
    String name = host.replaceFirst(":[0-9]{1,5}$", "");
    boolean bracketed = name.startsWith("[") && name.endsWith("]");
    Optional<InetAddress> address =
        AddressRange.address(bracketed ? name.substring(1, name.length() - 1) : name);
    return name.equalsIgnoreCase("localhost")
        || address.filter(InetAddress::isLoopbackAddress).isPresent();
  }
}
