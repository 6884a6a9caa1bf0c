package io.counterfoil.http;

import java.net.InetAddress;
import java.util.List;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Refuses requests that came without TLS, before a credential is looked at: the response must not tell whether it is valid
 * (draft-ietf-httpapi-privacy, section 2.4).
 */
final class CleartextCheck {
  private static final Logger LOG = LoggerFactory.getLogger("io.counterfoil.http");

  private final Transport transport;
  private final ClientAddressResolver clientAddress;
  private final LogInterval logInterval;

  CleartextCheck(TrustedProxies proxies, LongSupplier nanos) {
    this.transport = new Transport(proxies);
    this.clientAddress = new ClientAddressResolver(proxies);
    this.logInterval = new LogInterval(nanos);
  }

  boolean refuses(ApiRequest request, List<Credential> credentials) {
    if (transport.isProtected(request)) {
      return false;
    }
    if (!credentials.isEmpty() && logInterval.begin()) {
      LOG.warn(
          "Refused a credential that came without TLS from {}: replace the token, because others may have"
              + " read it. This is logged at most once an hour",
          clientAddress
              .resolveForThrottle(request)
              .map(InetAddress::getHostAddress)
              .orElse("an unknown address"));
    }
    return true;
  }
}
