package io.counterfoil.benchmarks.peers;

import io.dropwizard.auth.oauth.OAuthCredentialAuthFilter;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.container.ContainerRequestFilter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.Principal;
import java.util.Optional;

/** Dropwizard: its filter for bearer tokens, on a request of Jakarta REST. */
public final class DropwizardCheck implements Check {
  private final DropwizardRequest request = new DropwizardRequest();
  private final ContainerRequestFilter filter;

  /** Makes a check of these tokens. */
  public DropwizardCheck(Names names) {
    filter = new OAuthCredentialAuthFilter.Builder<Principal>()
        .setAuthenticator(token -> Optional.ofNullable(names.of(token)).map(Named::new))
        .setPrefix("Bearer")
        .buildAuthFilter();
  }

  private record Named(String name) implements Principal {
    @Override
    public String getName() {
      return name;
    }
  }

  @Override
  public boolean accepts(String field) {
    try {
      filter.filter(request.again(field));
      return request.isLetIn();
    } catch (WebApplicationException e) { // its answer has been made by then
      return false;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
