package io.counterfoil.servlet;

import io.counterfoil.Token;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import java.security.Principal;

/** A request whose user is its token. */
final class TokenRequest extends HttpServletRequestWrapper {
  private final Token token;

  TokenRequest(HttpServletRequest request, Token token) {
    super(request);
    this.token = token;
  }

  @Override
  public Principal getUserPrincipal() {
    return new TokenPrincipal(token);
  }

  @Override
  public String getRemoteUser() {
    return token.name();
  }

  @Override
  public String getAuthType() {
    return "Bearer";
  }

  /**
   * No user has the role {@code *}, and each authenticated user has {@code **} (servlet specification, section 13.3).
   */
  @Override
  public boolean isUserInRole(String role) {
    return switch (role) {
      case "*" -> false;
      case "**" -> true;
      default -> token.permits(role);
    };
  }

  private record TokenPrincipal(Token token) implements Principal {
    @Override
    public String getName() {
      return token.name();
    }
  }
}
