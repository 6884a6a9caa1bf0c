package io.counterfoil.servlet;

import io.counterfoil.Token;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import java.security.Principal;

/**
 * A request whose user is the owner of its token, or the token if it has no owner. Never the name of the token: an owner
 * could name a token like another user.
 */
final class TokenRequest extends HttpServletRequestWrapper {
  private final Token token;
  private final String authType;

  TokenRequest(HttpServletRequest request, Token token, String authType) {
    super(request);
    this.token = token;
    this.authType = authType;
  }

  @Override
  public Principal getUserPrincipal() {
    return new TokenPrincipal(token);
  }

  @Override
  public String getRemoteUser() {
    return token.userName();
  }

  @Override
  public String getAuthType() {
    return authType;
  }

  /**
   * No user has the role {@code *}, and each authenticated user has {@code **} (servlet specification, section 13.3).
   */
  @Override
  public boolean isUserInRole(String role) {
    return switch (role) {
      case "*" -> false;
      case "**" -> true;
      default -> token.effectiveScopes().contains(role); // the host has not named the roles of "*"
    };
  }

  private record TokenPrincipal(Token token) implements Principal {
    @Override
    public String getName() {
      return token.userName();
    }
  }
}
