package io.counterfoil.benchmarks.peers;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.pac4j.core.context.CallContext;
import org.pac4j.core.credentials.Credentials;
import org.pac4j.core.credentials.TokenCredentials;
import org.pac4j.core.credentials.authenticator.Authenticator;
import org.pac4j.core.exception.CredentialsException;
import org.pac4j.core.profile.CommonProfile;
import org.pac4j.http.client.direct.DirectBearerAuthClient;
import org.pac4j.jee.context.JEEContext;
import org.pac4j.jee.context.session.JEESessionStore;

/** pac4j: the client for bearer tokens, as its filter calls it. */
public final class Pac4jCheck implements Check {
  private final Request request = new Request();
  private final Response response = new Response();
  private final JEESessionStore sessions = new JEESessionStore();
  private final DirectBearerAuthClient client;

  /** Makes a check of these tokens. */
  public Pac4jCheck(Names names) {
    Authenticator authenticator = (context, credentials) -> {
      credentials.setUserProfile(profile(names.of(((TokenCredentials) credentials).getToken())));
      return Optional.of(credentials);
    };
    client = new DirectBearerAuthClient(authenticator);
    client.init();
  }

  private static CommonProfile profile(@Nullable String name) {
    if (name == null) {
      throw new CredentialsException("unknown");
    }
    CommonProfile profile = new CommonProfile();
    profile.setId(name);
    return profile;
  }

  @Override
  public boolean accepts(String field) {
    CallContext context =
        new CallContext(new JEEContext(request.again(field), response.again()), sessions);
    Optional<Credentials> credentials = client
        .getCredentials(context)
        .flatMap(presented -> client.validateCredentials(context, presented))
        .filter(Credentials::isForAuthentication);
    return credentials.flatMap(valid -> client.getUserProfile(context, valid)).isPresent();
  }
}
