package io.counterfoil.http;

import static io.counterfoil.http.FakeRequest.get;
import static io.counterfoil.http.FakeRequest.post;

import io.counterfoil.NewToken;
import io.counterfoil.TokenManager;
import io.counterfoil.testing.BrokenStore;
import java.io.IOException;
import java.io.InputStream;
import java.net.SocketTimeoutException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;

/** Triggers every response of the management API. */
final class OpenApiResponses {
  private static final Map<String, String> BODIES = Map.of(
      "/create", "{\"name\":\"x\"}",
      "/update/1", "{\"name\":\"x\"}",
      "/disable", "{\"ids\":[1]}",
      "/delete", "{\"ids\":[1]}",
      "/deleteExpired", "{}",
      "/setEnabled/1", "{\"enabled\":true}",
      "/rotate/1", "{\"overlapSeconds\":0}",
      "/self/rotate", "{\"overlapSeconds\":0}");

  private OpenApiResponses() {}

  /** Returns the responses at a path to a valid request and to each kind of invalid request. */
  static List<ApiResponse> at(String path) {
    ApiFixture fixture = new ApiFixture();
    TokenApi api = TokenApi.of(fixture.tokens, ManagementPolicy.anyToken(), SelfService.values());
    Function<FakeRequest, ApiResponse> send = request -> api.handle(request.with(fixture.admin));
    List<ApiResponse> responses = new ArrayList<>(toBadCredentials(fixture));
    responses.add(send.apply(new FakeRequest("PUT", path)));
    responses.add(api.handle(request(path)));
    if (BODIES.containsKey(path)) {
      badBodies(path).map(send).forEach(responses::add);
    }
    responses.add(send.apply(request(path)));
    if (path.equals("/create")) {
      responses.add(send.apply(request(path))); // the name is taken
    }
    if (path.startsWith("/update") || path.startsWith("/setEnabled")) {
      // needs concurrent requests: see TokenApiConcurrencyTest
      responses.add(Responses.CONCURRENT_CHANGES);
    }
    if (path.equals("/identify")) {
      identify(fixture, api, responses);
    }
    if (path.contains("otate")) {
      // needs two concurrent requests: see TokenApiRotateTest
      responses.add(Responses.CONCURRENT_ROTATION);
    }
    if (path.matches(".*/delete(/1)?") && !BODIES.containsKey(path)) {
      badBodies(path).filter(request -> !isEmpty(request)).map(send).forEach(responses::add);
      FakeRequest form = post(path).field("Content-Type", "text/plain").body(new byte[] {'x'});
      responses.add(send.apply(form));
    }
    responses.add(api.handle(post("/delete/999").with(fixture.admin))); // no such token
    return responses;
  }

  private static void identify(ApiFixture fixture, TokenApi api, List<ApiResponse> responses) {
    String known = fixture.tokens.create(NewToken.named("known")).reveal();
    badBodies("/identify")
        .map(request -> api.handle(request.with(fixture.admin)))
        .forEach(responses::add);
    responses.add(
        api.handle(post("/identify", "{\"token\":\"" + known + "\"}").with(fixture.admin)));
    for (int i = 0; i <= MissThrottle.ALLOWED_MISSES; i++) {
      responses.add(
          api.handle(post("/identify", "{\"token\":\"x\"}").from("192.0.2.1").with(fixture.admin)));
    }
  }

  private static List<ApiResponse> toBadCredentials(ApiFixture fixture) {
    BearerAuthenticator open =
        BearerAuthenticator.builder(fixture.tokens).scope("admin").build();
    BearerAuthenticator hidden =
        BearerAuthenticator.builder(fixture.tokens).hideExistence().build();
    BearerAuthenticator failing = BearerAuthenticator.builder(
            TokenManager.builder(BrokenStore.returningNull()).build())
        .build();
    String narrow = fixture.tokens.create(NewToken.named("n").scopes("a")).reveal();
    return List.of(
        refused(open),
        refused(open, "Bearer nonsense"),
        refused(open, "Bearer a", "Bearer b"),
        refused(hidden),
        refused(open, "Bearer " + narrow),
        refused(failing, "Bearer " + narrow));
  }

  private static Stream<FakeRequest> badBodies(String path) {
    InputStream stalled = new InputStream() {
      @Override
      public int read() throws IOException {
        throw new SocketTimeoutException();
      }

      @Override
      public int read(byte[] bytes, int from, int length) throws IOException {
        throw new SocketTimeoutException();
      }
    };
    return Stream.of(
        post(path),
        post(path, "nonsense"),
        post(path, " ".repeat(RequestBody.LIMIT + 1)),
        post(path, "").body(stalled));
  }

  private static boolean isEmpty(FakeRequest request) {
    return request.headers("Content-Type").isEmpty();
  }

  private static FakeRequest request(String path) {
    if (path.isEmpty() || path.matches("/self|/scopes|/1")) {
      return get(path);
    }
    return BODIES.containsKey(path) ? post(path, BODIES.get(path)) : post(path);
  }

  private static ApiResponse refused(BearerAuthenticator bearer, String... fields) {
    return ((BearerAuthenticator.Refused) bearer.check(List.of(fields))).answer();
  }
}
