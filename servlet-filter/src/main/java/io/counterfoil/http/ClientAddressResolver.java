package io.counterfoil.http;

import java.net.InetAddress;
import java.util.Optional;

/**
 * Finds the address of the client that sent a request.
 *
 * <p>This is the address of the socket. If that belongs to a trusted proxy, it is the last address in the forwarded
 * header that does not belong to a trusted proxy. A client can forge all addresses before that one.
 */
record ClientAddressResolver(TrustedProxies proxies) {

  /**
   * Returns the address. Empty if it is unknown, or if a trusted proxy reports none or an unreadable one: the proxy is
   * not the client. If all reported addresses belong to trusted proxies, it is the first of them.
   */
  Optional<InetAddress> resolve(ApiRequest request) {
    return proxies.sent(request)
        ? proxies.clientElement(request).flatMap(proxies.header()::address)
        : request.remoteAddress();
  }

  /**
   * Returns the address for which a rejected attempt of this request counts. This is the client's or, if it is unknown,
   * that of the socket: otherwise a client could avoid the throttle with an unreadable header. Empty if that is unknown
   * too.
   */
  Optional<InetAddress> resolveForThrottle(ApiRequest request) {
    return resolve(request).or(request::remoteAddress);
  }
}
