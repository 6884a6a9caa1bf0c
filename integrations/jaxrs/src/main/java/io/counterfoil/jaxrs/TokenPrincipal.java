package io.counterfoil.jaxrs;

import io.counterfoil.Verdict;
import java.security.Principal;

/** The user of a request with a token: the owner, or the token if it has no owner. Never the name of the token. */
record TokenPrincipal(Verdict.Accepted accepted) implements Principal {
  @Override
  public String getName() {
    return accepted.token().userName();
  }
}
