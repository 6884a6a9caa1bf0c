package io.counterfoil.springboot;

import io.counterfoil.Token;
import io.counterfoil.Verdict;
import java.io.NotSerializableException;
import java.io.ObjectOutputStream;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.springframework.security.authentication.AbstractAuthenticationToken;
import org.springframework.security.core.GrantedAuthority;
import org.springframework.security.core.Transient;
import org.springframework.security.core.authority.AuthorityUtils;

/**
 * The Spring Security authentication of a request with an accepted token.
 *
 * <ul>
 *   <li>The principal is the {@link Token}, so {@code @AuthenticationPrincipal Token token} works.
 *   <li>The name is {@link Token#userName()}: the owner of the token, or {@code token:<id>} if it has none. It is never the name
 *       of the token, because a user may choose the name of another user for it.
 *   <li>Each {@linkplain Token#effectiveScopes effective} scope x is an authority {@code SCOPE_x}. An unrestricted token has
 *       {@code SCOPE_*}, and in addition the scopes that the {@link CounterfoilConfigurer} names.
 *   <li>There are no credentials: it contains no plaintext.
 * </ul>
 *
 * <p>It is valid for one request. Spring Security does not save it in an HTTP session, and it cannot be serialized: a saved one
 * would outlive the revocation of the token.
 */
@Transient
public final class ApiTokenAuthentication extends AbstractAuthenticationToken {
  private static final long serialVersionUID = 1L;

  /** The authority of a scope is this prefix and the scope, as for the tokens of OAuth 2.0 in Spring Security. */
  static final String AUTHORITY_PREFIX = "SCOPE_";

  private final transient Verdict.Accepted accepted;

  private ApiTokenAuthentication(
      Verdict.Accepted accepted, Collection<? extends GrantedAuthority> authorities) {
    super(authorities);
    this.accepted = accepted;
    super.setAuthenticated(true);
  }

  /**
   * Creates the authentication of an accepted token.
   *
   * @param accepted the proof that the token is valid
   * @param scopesOfUnrestricted the scopes that a token with the scope {@code *} receives as authorities, in addition to its own;
   *     other tokens do not receive them
   */
  public static ApiTokenAuthentication of(
      Verdict.Accepted accepted, Collection<String> scopesOfUnrestricted) {
    Set<String> scopes = new TreeSet<>(accepted.token().effectiveScopes());
    if (scopes.contains(Token.UNRESTRICTED)) {
      scopes.addAll(scopesOfUnrestricted);
    }
    List<String> authorities = scopes.stream().map(AUTHORITY_PREFIX::concat).toList();
    return new ApiTokenAuthentication(accepted, AuthorityUtils.createAuthorityList(authorities));
  }

  /** Returns the proof that the token is valid. */
  public Verdict.Accepted accepted() {
    return accepted;
  }

  /** Returns the token as it was when it was accepted. */
  @Override
  public Token getPrincipal() {
    return accepted.token();
  }

  /** Returns {@link Token#userName()}. */
  @Override
  public String getName() {
    return accepted.token().userName();
  }

  /** Returns the empty string. */
  @Override
  public Object getCredentials() {
    return "";
  }

  private void writeObject(ObjectOutputStream out) throws NotSerializableException {
    throw new NotSerializableException("the authentication of a token is valid for one request");
  }
}
