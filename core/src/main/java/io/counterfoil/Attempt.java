package io.counterfoil;

import java.net.InetAddress;
import java.util.Optional;
import java.util.Set;

/**
 * What a caller presents.
 *
 * @param presented the text
 * @param from the address from which it comes, if that is known
 */
record Attempt(String presented, Optional<InetAddress> from) {
  /** Says whether a token that may be used from these addresses may be used here. Where none is known, none of them matches. */
  boolean mayUse(Set<String> allowedAddresses) {
    return allowedAddresses.isEmpty()
        || from.filter(
                address -> allowedAddresses.stream().anyMatch(range -> contains(range, address)))
            .isPresent();
  }

  /** A range that a newer version wrote, and this one does not read, lets nobody in. */
  private static boolean contains(String range, InetAddress address) {
    try {
      return AddressRange.parse(range).contains(address);
    } catch (IllegalArgumentException unknown) {
      return false;
    }
  }
}
