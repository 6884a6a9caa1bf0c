package io.counterfoil.jaxrs;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.container.AsyncResponse;
import jakarta.ws.rs.container.Suspended;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.SecurityContext;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Resource classes with annotations in every place. */
final class Resources {
  private Resources() {}

  @Path("/plain")
  public static final class Plain {
    @GET
    @Path("/undeclared")
    public String undeclared() {
      return "ran";
    }

    @GET
    @Path("/any")
    @AnyToken
    public String any() {
      return "ran";
    }

    @POST
    @Path("/any")
    @RequiresScope("write")
    public String change() {
      return "changed";
    }

    @GET
    @Path("/open")
    @WithoutToken
    public String open() {
      return "ran";
    }

    @GET
    @Path("/empty")
    @RequiresScope({})
    public String empty() {
      return "ran";
    }

    @GET
    @Path("/invalid")
    @RequiresScope("two words")
    public String invalid() {
      return "ran";
    }

    @GET
    @Path("/both")
    @AnyToken
    @RequiresScope("a")
    public String both() {
      return "ran";
    }

    @GET
    @Path("/files/{name}")
    @RequiresScope("files")
    public String file(@PathParam("name") String name) {
      return "file " + name;
    }

    @GET
    @Path("/fails")
    @AnyToken
    public String fails() {
      throw new IllegalStateException("a failure of the application");
    }

    @GET
    @Path("/async")
    @RequiresScope("a")
    public void async(@Suspended AsyncResponse response, @Context SecurityContext security) {
      String user = security.getUserPrincipal().getName();
      new Thread(() -> response.resume("async " + user)).start();
    }

    @GET
    @Path("/stage")
    @RequiresScope("a")
    public CompletionStage<String> stage() {
      return CompletableFuture.supplyAsync(() -> "stage");
    }

    @GET
    @Path("/identity")
    @AnyToken
    public String identity(@Context SecurityContext security) {
      return security.getUserPrincipal().getName()
          + ' '
          + security.getAuthenticationScheme()
          + ' '
          + security.isSecure()
          + ' '
          + security.isUserInRole("a")
          + ' '
          + security.isUserInRole("b")
          + ' '
          + security.isUserInRole("*")
          + ' '
          + TokenFeature.accepted(security).map(proof -> proof.token().name()).orElse("-");
    }
  }

  @Path("/class")
  @RequiresScope("a")
  public static final class Guarded {
    @GET
    public String inherited() {
      return "ran";
    }

    @GET
    @Path("/more")
    @RequiresScope("b")
    public String more() {
      return "ran";
    }

    @GET
    @Path("/any")
    @AnyToken
    public String any() {
      return "ran";
    }

    @Path("/silent")
    public Silent silent() {
      return new Silent();
    }

    @Path("/lax")
    public Lax lax() {
      return new Lax();
    }
  }

  @Path("/parent")
  public static final class Parent {
    @Path("/silent")
    public Silent silent() {
      return new Silent();
    }

    @Path("/lax")
    public Lax lax() {
      return new Lax();
    }

    @Path("/type")
    public Class<Lax> type() {
      return Lax.class;
    }
  }

  @Path("/lenient")
  @AnyToken
  public static final class LenientParent {
    @Path("/silent")
    public Silent silent() {
      return new Silent();
    }
  }

  @Path("/locator")
  public static final class AnnotatedLocator {
    @Path("/lax")
    @RequiresScope("a")
    public Lax lax() {
      return new Lax();
    }
  }

  public static final class Silent {
    @GET
    public String get() {
      return "ran";
    }
  }

  @AnyToken
  public static final class Lax {
    @GET
    public String get() {
      return "ran";
    }
  }

  @RequiresScope("a")
  public interface Crud<T> {
    @RequiresScope("b")
    String save(T item);

    @AnyToken
    String load(T item);
  }

  @Path("/crud")
  @AnyToken
  public static class Implementation implements Crud<String> {
    @GET
    @Path("/save/{item}")
    @Override
    public String save(@PathParam("item") String item) {
      return "ran";
    }

    @GET
    @Path("/load/{item}")
    @Override
    public String load(@PathParam("item") String item) {
      return "ran";
    }
  }

  public interface Contract {
    @GET
    @RequiresScope("a")
    String get();
  }

  @Path("/inherited")
  @AnyToken
  public static class Inheriting implements Contract {
    @Override
    public String get() {
      return "ran";
    }
  }
}
