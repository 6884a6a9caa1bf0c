package io.counterfoil.examples.springsecurity;

import io.counterfoil.Verdict;
import java.util.Set;
import org.springframework.security.authentication.AbstractAuthenticationToken;
import org.springframework.security.core.authority.AuthorityUtils;

/**
 * A request that came with a token, as Spring Security sees it: its principal is the proof, its name the token's, its
 * authorities {@code SCOPE_x} for each scope x. It has no credentials.
 */
final class TokenAuthentication extends AbstractAuthenticationToken {
  private static final long serialVersionUID = 1L;

  private final transient Verdict.Accepted accepted;

  /** @param known what a token that has no scopes, and so may do all that there is, is said to have */
  TokenAuthentication(Verdict.Accepted accepted, Set<String> known) {
    super(AuthorityUtils.createAuthorityList(
        (accepted.token().scopes().isEmpty() ? known : accepted.token().scopes())
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
    return accepted.token().name();
  }

  @Override
  public Object getCredentials() {
    return "";
  }
}
