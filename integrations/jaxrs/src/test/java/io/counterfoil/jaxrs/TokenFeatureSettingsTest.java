package io.counterfoil.jaxrs;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.counterfoil.NewToken;
import io.counterfoil.TokenManager;
import io.counterfoil.http.BearerAuthenticator;
import io.counterfoil.http.RouteScopes;
import io.counterfoil.memory.InMemoryTokenStore;
import jakarta.annotation.Priority;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.PreMatching;
import jakarta.ws.rs.core.SecurityContext;
import java.net.InetAddress;
import java.net.http.HttpRequest.BodyPublishers;
import java.security.Principal;
import java.util.Base64;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class TokenFeatureSettingsTest {
  private final TokenManager tokens =
      TokenManager.builder(new InMemoryTokenStore()).build();
  private final BearerAuthenticator bearer = BearerAuthenticator.builder(tokens).build();

  @AfterEach
  void close() {
    tokens.close();
  }

  private String token(String name, String... scopes) {
    NewToken token = NewToken.named(name);
    return tokens.create(scopes.length == 0 ? token : token.scopes(scopes)).reveal();
  }

  @Test
  void a_host_can_let_any_token_use_methods_without_an_annotation() throws Exception {
    String nothing = token("nothing");
    try (TestServer server = TestServer.start(
        TokenFeature.of(bearer).anyTokenUnlessDeclared(),
        Resources.Plain.class,
        Resources.Parent.class,
        Resources.AnnotatedLocator.class)) {
      assertThat(server.get("/plain/undeclared", nothing).body()).isEqualTo("ran");
      assertThat(server.get("/parent/silent", nothing).body()).isEqualTo("ran");
      assertThat(server.get("/plain/undeclared").statusCode()).isEqualTo(401);
      assertThat(server.get("/plain/both", nothing).statusCode()).isEqualTo(403);
      assertThat(server.get("/plain/empty", nothing).statusCode()).isEqualTo(403);
      assertThat(server.get("/locator/lax", nothing).statusCode()).isEqualTo(403);
    }
  }

  @Test // E11: the host may let the scheme decide whether a request needs a CSRF token
  void the_scheme_of_a_basic_password_is_basic() throws Exception {
    String plaintext = token("nothing");
    BearerAuthenticator packages =
        BearerAuthenticator.builder(tokens).basicPassword().build();
    try (TestServer server = TestServer.start(TokenFeature.of(packages), Resources.Plain.class)) {
      String basic = Base64.getEncoder().encodeToString((":" + plaintext).getBytes(US_ASCII));
      assertThat(server
              .send(server.request("/plain/identity").header("Authorization", "basic " + basic))
              .body())
          .startsWith("token:1 BASIC ");
      assertThat(server.get("/plain/identity", plaintext).body()).startsWith("token:1 Bearer ");
    }
  }

  /** A login with a header, which stands for a session. */
  @Priority(Priorities.AUTHENTICATION + 1)
  public static final class HostLogin implements ContainerRequestFilter {
    @Override
    public void filter(ContainerRequestContext request) {
      String user = request.getHeaderString("X-Session");
      SecurityContext outer = request.getSecurityContext();
      if (user != null && outer.getUserPrincipal() == null) {
        request.setSecurityContext(new User(user));
      }
    }
  }

  private record User(String name) implements SecurityContext {
    @Override
    public Principal getUserPrincipal() {
      return () -> name;
    }

    @Override
    public boolean isUserInRole(String role) {
      return false;
    }

    @Override
    public boolean isSecure() {
      return false;
    }

    @Override
    public String getAuthenticationScheme() {
      return "session";
    }
  }

  @Test
  void a_request_that_is_passed_on_needs_a_user_of_the_host() throws Exception {
    BearerAuthenticator passing =
        BearerAuthenticator.builder(tokens).passWithoutBearer().build();
    String token = token("a", "a");
    try (TestServer server =
        TestServer.start(TokenFeature.of(passing), HostLogin.class, Resources.Plain.class)) {
      assertThat(server.get("/plain/any").statusCode()).isEqualTo(401);
      assertThat(server.get("/plain/undeclared").statusCode()).isEqualTo(401);
      assertThat(server
              .send(server.request("/plain/identity").header("X-Session", "bob"))
              .body())
          .isEqualTo("bob session false false false false -");
      assertThat(server
              .send(server
                  .request("/plain/any")
                  .header("X-Session", "bob")
                  .header("Authorization", "Bearer nonsense"))
              .statusCode())
          .isEqualTo(401);
      assertThat(server
              .send(server
                  .request("/plain/identity")
                  .header("X-Session", "bob")
                  .header("Authorization", "Bearer " + token))
              .body())
          .startsWith("token:1 Bearer");
    }
  }

  /** As clients behind old proxies need it. */
  @PreMatching
  public static final class MethodOverride implements ContainerRequestFilter {
    @Override
    public void filter(ContainerRequestContext request) {
      String method = request.getHeaderString("X-HTTP-Method-Override");
      if (method != null) {
        request.setMethod(method);
      }
    }
  }

  @Test
  void an_overridden_method_is_judged_as_the_one_that_runs() throws Exception {
    String nothing = token("nothing");
    String write = token("write", "write");
    try (TestServer server =
        TestServer.start(TokenFeature.of(bearer), MethodOverride.class, Resources.Plain.class)) {
      for (String plaintext : new String[] {nothing, write}) {
        assertThat(server
                .send(server
                    .request("/plain/any")
                    .header("Authorization", "Bearer " + plaintext)
                    .header("X-HTTP-Method-Override", "POST")
                    .GET())
                .statusCode())
            .isEqualTo(plaintext.equals(write) ? 200 : 403);
      }
      assertThat(server
              .send(server
                  .request("/plain/any")
                  .header("Authorization", "Bearer " + nothing)
                  .header("X-HTTP-Method-Override", "GET")
                  .POST(BodyPublishers.noBody()))
              .body())
          .isEqualTo("ran");
    }
  }

  @Test
  void no_route_matches_a_path_that_can_be_read_in_two_ways() throws Exception {
    BearerAuthenticator routed = BearerAuthenticator.builder(tokens)
        .routes(RouteScopes.builder()
            .scope("files", "GET /plain/files/*")
            .anyToken("GET /plain/files/public")
            .build())
        .build();
    String nothing = token("nothing");
    String files = token("files", "files");
    try (TestServer server = TestServer.start(TokenFeature.of(routed), Resources.Plain.class)) {
      assertThat(server.get("/plain/files/a", files).body()).isEqualTo("file a");
      assertThat(server.get("/plain/files/a?x=y", files).body()).isEqualTo("file a");
      for (String path :
          new String[] {"/plain/files/a;x=y", "/plain/files/%61", "/plain;x/files/a", "/plain/any"
          }) {
        assertThat(server.get(path, files).statusCode()).as(path).isEqualTo(403);
      }
      assertThat(server.get("/plain/files/public", nothing).statusCode()).isEqualTo(403);
    }
  }

  @Test
  void a_token_works_only_from_its_addresses() throws Exception {
    String bound =
        tokens.create(NewToken.named("bound").allowedAddresses("192.0.2.1")).reveal();
    InetAddress address = InetAddress.getByName("192.0.2.1");
    try (TestServer server = TestServer.start(TokenFeature.of(bearer), Resources.Plain.class)) {
      assertThat(server.get("/plain/any", bound).statusCode()).isEqualTo(401);
    }
    try (TestServer server = TestServer.start(
        TokenFeature.of(bearer).remoteAddress(request -> Optional.of(address)),
        Resources.Plain.class)) {
      assertThat(server.get("/plain/any", bound).body()).isEqualTo("ran");
    }
    try (TestServer server = TestServer.start(
        TokenFeature.of(bearer).remoteAddress(request -> {
          throw new IllegalStateException("unknown");
        }),
        Resources.Plain.class)) {
      assertThat(server.get("/plain/any", bound).statusCode()).isEqualTo(503);
    }
  }

  /** As a server with TLS sets it. */
  @PreMatching
  public static final class Tls implements ContainerRequestFilter {
    @Override
    public void filter(ContainerRequestContext request) {
      request.setSecurityContext(new SecurityContext() {
        @Override
        public Principal getUserPrincipal() {
          return () -> "the container's user";
        }

        @Override
        public boolean isUserInRole(String role) {
          return true;
        }

        @Override
        public boolean isSecure() {
          return true;
        }

        @Override
        public String getAuthenticationScheme() {
          return "Basic";
        }
      });
    }
  }

  @Test
  void only_whether_the_request_is_secure_is_kept_of_an_earlier_context() throws Exception {
    String a = token("one", "a");
    try (TestServer server =
        TestServer.start(TokenFeature.of(bearer), Tls.class, Resources.Plain.class)) {
      assertThat(server.get("/plain/identity", a).body())
          .isEqualTo("token:1 Bearer true true false false one");
      assertThat(server.get("/plain/any").statusCode()).isEqualTo(401);
    }
  }
}
