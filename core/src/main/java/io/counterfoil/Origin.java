package io.counterfoil;

import java.net.InetAddress;
import java.util.Optional;

/** Who made a change or presented a plaintext, and from which address; empty if the address is not known. */
record Origin(Actor actor, Optional<InetAddress> address) {
  static final Origin SYSTEM = new Origin(Actor.SYSTEM, Optional.empty());
}
