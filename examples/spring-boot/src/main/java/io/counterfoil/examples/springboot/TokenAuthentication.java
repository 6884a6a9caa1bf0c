package io.counterfoil.examples.springboot;

import io.counterfoil.Token;
import io.counterfoil.Verdict;
import java.util.Set;
import org.springframework.security.authentication.AbstractAuthenticationToken;
import org.springframework.security.core.authority.AuthorityUtils;

/**
 * The Spring Security authentication of a request with an accepted token. The principal is the verdict. The name is the
 * owner of the token, or {@code token:<id>} if it has none; never the name of the token, because a user may choose the name
 * of another user for it. Each scope x is an authority {@code SCOPE_x}. There are no credentials.
 */
final class TokenAuthentication extends AbstractAuthenticationToken {
  private static final long serialVersionUID = 1L;

  private final transient Verdict.Accepted accepted;

  /** @param allScopes the scopes that an unrestricted token receives */
  TokenAuthentication(Verdict.Accepted accepted, Set<String> allScopes) {
    super(AuthorityUtils.createAuthorityList((accepted.token().permits(Token.UNRESTRICTED)
            ? allScopes
            : accepted.token().scopes())
        .stream().map(scope -> "SCOPE_" + scope).toList()));
    this.accepted = accepted;
    super.setAuthenticated(true);
  }

  @Override
  public Object getPrincipal() {
    return accepted;
  }

  @Override
  public String getName() {
    return accepted.token().userName();
  }

  @Override
  public Object getCredentials() {
    return "";
  }
}
