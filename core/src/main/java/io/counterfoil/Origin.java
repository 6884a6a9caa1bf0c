package io.counterfoil;

import java.net.InetAddress;
import java.util.Objects;
import java.util.Optional;

/** The actor of a change or of an authentication, and the address of the client, if it is known. */
record Origin(Actor actor, Optional<InetAddress> address) {
  Origin {
    Objects.requireNonNull(actor, "actor");
    Objects.requireNonNull(address, "address");
  }

  @Override
  public String toString() {
    String name = actor.toString();
    return "actor=" + (name.startsWith("user:") ? LogSanitizer.quote(name) : name)
        + address.map(known -> " address=" + known.getHostAddress()).orElse("");
  }

  static final Origin SYSTEM = new Origin(Actor.SYSTEM, Optional.empty());
}
