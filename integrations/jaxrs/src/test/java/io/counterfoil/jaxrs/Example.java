package io.counterfoil.jaxrs;

import io.counterfoil.Token;
import io.counterfoil.TokenManager;
import io.counterfoil.http.BearerAuthenticator;
import io.counterfoil.memory.InMemoryTokenStore;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Feature;
import jakarta.ws.rs.core.FeatureContext;
import jakarta.ws.rs.core.SecurityContext;

/** The samples of the documentation. */
final class Example {
  static final TokenManager tokens =
      TokenManager.builder(new InMemoryTokenStore()).build();

  private Example() {}

  // @start region="register"
  /** Guards the application in whose classes it is. */
  public static final class ApiTokens implements Feature {
    @Override
    public boolean configure(FeatureContext context) {
      context.register(TokenFeature.of(BearerAuthenticator.builder(tokens).build()));
      return true;
    }
  }
  // @end

  @Path("/servers")
  @RequiresScope("servers:read")
  public static final class Servers {
    @GET
    public String list(@Context SecurityContext security) {
      Token token = TokenFeature.accepted(security).orElseThrow().token();
      return "the servers of " + token.userName();
    }

    @POST
    @RequiresScope("servers:write") // in addition to servers:read
    public String create() {
      return "created";
    }

    @GET
    @Path("/version")
    @WithoutToken
    public String version() {
      return "1.0";
    }
  }
}
