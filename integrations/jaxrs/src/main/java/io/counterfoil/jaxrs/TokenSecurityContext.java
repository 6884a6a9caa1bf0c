package io.counterfoil.jaxrs;

import io.counterfoil.Token;
import io.counterfoil.Verdict;
import jakarta.ws.rs.core.SecurityContext;
import java.security.Principal;

/**
 * The security context of a request with an accepted token.
 *
 * @param isBasic whether the token may have come as a Basic password, which browsers send by themselves
 */
record TokenSecurityContext(Verdict.Accepted accepted, boolean isSecure, boolean isBasic)
    implements SecurityContext {

  @Override
  public Principal getUserPrincipal() {
    return new TokenPrincipal(accepted);
  }

  @Override
  public boolean isUserInRole(String role) {
    return !role.equals(Token.UNRESTRICTED) // the host has not named the roles of "*"
        && accepted.token().effectiveScopes().contains(role);
  }

  @Override
  public String getAuthenticationScheme() {
    return isBasic ? BASIC_AUTH : "Bearer";
  }
}
