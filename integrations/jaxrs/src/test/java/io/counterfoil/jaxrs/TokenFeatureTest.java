package io.counterfoil.jaxrs;

import static org.assertj.core.api.Assertions.assertThat;

import io.counterfoil.NewToken;
import io.counterfoil.StoredToken;
import io.counterfoil.TokenHash;
import io.counterfoil.TokenManager;
import io.counterfoil.TokenStoreException;
import io.counterfoil.http.BearerAuthenticator;
import io.counterfoil.memory.InMemoryTokenStore;
import io.counterfoil.testing.CapturedLog;
import io.counterfoil.testkit.ForwardingTokenStore;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.container.ContainerResponseFilter;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.ExceptionMapper;
import jakarta.ws.rs.ext.MessageBodyWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.annotation.Annotation;
import java.lang.reflect.Type;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** An application that does everything to turn a refusal into something else. */
class TokenFeatureTest {
  private static final AtomicBoolean failing = new AtomicBoolean();
  private static final TokenManager tokens = TokenManager.builder(
          new ForwardingTokenStore(new InMemoryTokenStore()) {
            @Override
            public Optional<StoredToken> findByHash(List<TokenHash> candidates) {
              if (failing.get()) {
                throw new TokenStoreException("away");
              }
              return super.findByHash(candidates);
            }
          })
      .build();
  private static final String NOTHING = token("nothing");
  private static final String A = token("a", "a");
  private static final String B = token("b", "b");
  private static final String A_AND_B = token("a-and-b", "a", "b");
  private static final String ALL = token("all", "*");

  private static TestServer server;

  private static String token(String name, String... scopes) {
    NewToken token = NewToken.named(name).owner("ann");
    return tokens.create(scopes.length == 0 ? token : token.scopes(scopes)).reveal();
  }

  @BeforeAll
  static void start() throws Exception {
    server = TestServer.start(
        TokenFeature.of(BearerAuthenticator.builder(tokens).build()),
        Resources.Plain.class,
        Resources.Guarded.class,
        Resources.Parent.class,
        Resources.LenientParent.class,
        Resources.AnnotatedLocator.class,
        Resources.Implementation.class,
        Resources.Inheriting.class,
        EverythingIsFine.class,
        GreedyWriter.class,
        Cors.class);
  }

  @AfterAll
  static void stop() {
    server.close();
    tokens.close();
  }

  /** Answers 200, whatever happens. */
  public static final class EverythingIsFine implements ExceptionMapper<Throwable> {
    @Override
    public Response toResponse(Throwable exception) {
      return Response.ok("fine").build();
    }
  }

  /** Wants to write every object. */
  public static final class GreedyWriter implements MessageBodyWriter<Object> {
    @Override
    public boolean isWriteable(
        Class<?> type, Type genericType, Annotation[] annotations, MediaType mediaType) {
      return true;
    }

    @Override
    public void writeTo(
        Object object,
        Class<?> type,
        Type genericType,
        Annotation[] annotations,
        MediaType mediaType,
        MultivaluedMap<String, Object> headers,
        OutputStream body)
        throws IOException {
      body.write(String.valueOf(object).getBytes(StandardCharsets.UTF_8));
    }
  }

  /** As an application with clients on other origins has it. */
  public static final class Cors implements ContainerResponseFilter {
    @Override
    public void filter(ContainerRequestContext request, ContainerResponseContext response) {
      response.getHeaders().putSingle("Access-Control-Allow-Origin", "https://example.com");
    }
  }

  private static void assertStatus(HttpResponse<String> response, int status) {
    assertThat(response.statusCode()).isEqualTo(status);
    if (status == 200) {
      assertThat(response.body()).isEqualTo("ran");
    } else {
      assertThat(response.body()).startsWith("{\"success\":false,\"msg\":\"");
      assertThat(response.headers().firstValue("Content-Type")).contains("application/json");
      assertThat(response.headers().firstValue("Cache-Control")).contains("no-store");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"/plain/undeclared", "/plain/any", "/class", "/parent/lax", "/crud/save/x"})
  void a_request_without_a_valid_token_gets_the_response_of_the_check(String path)
      throws Exception {
    HttpResponse<String> none = server.get(path);
    assertStatus(none, 401);
    assertThat(none.headers().allValues("WWW-Authenticate"))
        .containsExactly("Bearer realm=\"api\"");
    HttpResponse<String> wrong = server.get(path, "cf_wrong");
    assertStatus(wrong, 401);
    assertThat(wrong.headers().allValues("WWW-Authenticate"))
        .containsExactly("Bearer realm=\"api\", error=\"invalid_token\"");
    HttpResponse<String> twice = server.send(server
        .request(path)
        .header("Authorization", "Bearer " + ALL)
        .header("Authorization", "Bearer " + ALL));
    assertStatus(twice, 400);
  }

  @Test
  void response_filters_of_the_host_see_a_refusal() throws Exception {
    assertThat(server.get("/plain/any").headers().firstValue("Access-Control-Allow-Origin"))
        .contains("https://example.com");
  }

  @ParameterizedTest
  @CsvSource({
    "/plain/any, 200, 200, 200, 200",
    "/plain/both, 403, 200, 403, 200",
    "/class, 403, 200, 403, 200",
    "/class/more, 403, 403, 403, 200",
    "/class/any, 200, 200, 200, 200",
    "/class/silent, 403, 200, 403, 200",
    "/class/lax, 403, 200, 403, 200",
    "/parent/lax, 200, 200, 200, 200",
    "/parent/type, 200, 200, 200, 200",
    "/crud/save/x, 403, 403, 403, 200",
    "/inherited, 403, 200, 403, 200",
  })
  void scopes_of_methods_and_classes_add_up(String path, int nothing, int a, int b, int aAndB)
      throws Exception {
    assertStatus(server.get(path, NOTHING), nothing);
    assertStatus(server.get(path, A), a);
    assertStatus(server.get(path, B), b);
    assertStatus(server.get(path, A_AND_B), aAndB);
    assertStatus(server.get(path, ALL), 200);
  }

  @Test // the annotation of a method with a type variable only adds scopes
  void a_weak_annotation_of_a_generic_method_replaces_nothing() throws Exception {
    assertStatus(server.get("/crud/load/x", NOTHING), 403);
    assertStatus(server.get("/crud/load/x", A), 200);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/plain/undeclared",
        "/plain/empty",
        "/plain/invalid",
        "/parent/silent",
        "/lenient/silent",
        "/locator/lax"
      })
  void a_method_without_a_valid_annotation_is_refused_and_logged(String path) throws Exception {
    String log = CapturedLog.of(() -> {
      HttpResponse<String> response = server.get(path, ALL);
      assertStatus(response, 403);
      assertThat(response.headers().firstValue("WWW-Authenticate"))
          .contains("Bearer realm=\"api\", error=\"insufficient_scope\"");
    });
    assertThat(log)
        .contains("DEBUG io.counterfoil.jaxrs - No token may call a resource method,")
        .contains("io.counterfoil.jaxrs.Resources$");
  }

  @Test
  void a_method_without_a_token_ignores_a_bad_one() throws Exception {
    failing.set(true);
    try {
      assertStatus(server.get("/plain/open"), 200);
      assertStatus(server.get("/plain/open", "nonsense"), 200);
      assertStatus(server.get("/plain/open", ALL), 200);
    } finally {
      failing.set(false);
    }
  }

  @Test
  void a_failing_store_is_503_and_nothing_runs() throws Exception {
    failing.set(true);
    try {
      CapturedLog.of(() -> {
        HttpResponse<String> response = server.get("/plain/any", ALL);
        assertStatus(response, 503);
        assertThat(response.headers().firstValue("Retry-After")).contains("5");
      });
    } finally {
      failing.set(false);
    }
  }

  @Test
  void an_exception_of_the_application_is_the_applications() throws Exception {
    assertThat(server.get("/plain/fails", NOTHING).body()).isEqualTo("fine");
  }

  @Test
  void the_identity_is_that_of_the_token() throws Exception {
    assertThat(server.get("/plain/identity", A).body())
        .isEqualTo("ann Bearer false true false false a");
    assertThat(server.get("/plain/identity", ALL).body())
        .isEqualTo("ann Bearer false false false false all");
  }

  @Test // the server of the JDK cannot suspend a request, so this test calls no such method
  void asynchronous_methods_are_guarded() throws Exception {
    assertStatus(server.get("/plain/async", B), 403);
    assertStatus(server.get("/plain/stage", B), 403);
    assertStatus(server.get("/plain/async"), 401);
  }

  @Test
  void head_is_guarded_like_get_and_has_no_body() throws Exception {
    assertThat(server.send("HEAD", "/class", A).statusCode()).isEqualTo(200);
    HttpResponse<String> refused = server.send("HEAD", "/class", B);
    assertThat(refused.statusCode()).isEqualTo(403);
    assertThat(refused.body()).isEmpty();
    assertThat(server.send("HEAD", "/class", "nonsense").statusCode()).isEqualTo(401);
  }

  @Test // matrix parameters and encoded characters select the method, so they cannot avoid its
  // annotation
  void the_method_that_runs_is_judged_whatever_the_path_looks_like() throws Exception {
    String files = token("files", "files");
    for (String path : List.of(
        "/plain/files/a;x=y",
        "/plain;x=/any/files/a",
        "/plain/files/a%2Fany",
        "/plain/files/%61",
        "/plain/files/any?x=/plain/any")) {
      assertThat(server.get(path, NOTHING).body()).as(path).doesNotContain("file ", "ran");
      assertThat(server.get(path).body()).as(path).doesNotContain("file ", "ran");
    }
    assertThat(server.get("/plain/files/a;x=y", files).body()).isEqualTo("file a");
  }
}
