package io.counterfoil.dropwizard;

import io.counterfoil.jaxrs.AnyToken;
import io.counterfoil.jaxrs.RequiresScope;
import io.counterfoil.jaxrs.WithoutToken;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.SecurityContext;

/** A resource with each annotation, and without one. */
@Path("/servers")
public final class Servers {
  /** A body that Dropwizard parses and validates. */
  public record NewServer(@NotEmpty String name) {}

  @GET
  @AnyToken
  public String list(@Context SecurityContext security) {
    return "the servers of " + security.getUserPrincipal().getName();
  }

  @POST
  @RequiresScope("servers:write")
  @Consumes(MediaType.APPLICATION_JSON)
  public String create(@Valid @NotNull NewServer server) {
    return "created " + server.name();
  }

  @GET
  @Path("/version")
  @WithoutToken
  public String version() {
    return "1.0";
  }

  @GET
  @Path("/undeclared")
  public String undeclared() {
    return "ran";
  }

  @GET
  @Path("/fails")
  @AnyToken
  public String fails() {
    throw new IllegalArgumentException("a failure of the application");
  }
}
