package io.counterfoil.benchmarks.peers;

import org.apache.shiro.authc.AuthenticationException;
import org.apache.shiro.authc.AuthenticationInfo;
import org.apache.shiro.authc.AuthenticationToken;
import org.apache.shiro.authc.BearerToken;
import org.apache.shiro.authc.SimpleAuthenticationInfo;
import org.apache.shiro.mgt.DefaultSecurityManager;
import org.apache.shiro.mgt.DefaultSessionStorageEvaluator;
import org.apache.shiro.mgt.DefaultSubjectDAO;
import org.apache.shiro.realm.AuthenticatingRealm;
import org.apache.shiro.subject.Subject;
import org.jspecify.annotations.Nullable;

/** Apache Shiro: a realm of bearer tokens, without sessions. */
public final class ShiroCheck implements Check {
  private static final String SCHEME = "Bearer ";

  private final DefaultSecurityManager manager;

  /** Makes a check of these tokens. */
  public ShiroCheck(Names names) {
    manager = new DefaultSecurityManager(new Tokens(names));
    DefaultSessionStorageEvaluator never = new DefaultSessionStorageEvaluator();
    never.setSessionStorageEnabled(false);
    ((DefaultSubjectDAO) manager.getSubjectDAO()).setSessionStorageEvaluator(never);
  }

  @Override
  public boolean accepts(String field) {
    Subject subject = new Subject.Builder(manager).sessionCreationEnabled(false).buildSubject();
    try {
      subject.login(new BearerToken(field.substring(SCHEME.length())));
      return subject.isAuthenticated();
    } catch (AuthenticationException e) {
      return false;
    }
  }

  private static final class Tokens extends AuthenticatingRealm {
    private final Names names;

    Tokens(Names names) {
      this.names = names;
      setAuthenticationTokenClass(BearerToken.class);
    }

    @Override
    protected @Nullable AuthenticationInfo doGetAuthenticationInfo(AuthenticationToken token) {
      String text = ((BearerToken) token).getToken();
      String name = names.of(text);
      return name == null ? null : new SimpleAuthenticationInfo(name, text, getName());
    }
  }
}
