package io.counterfoil.servlet;

import static io.counterfoil.servlet.RawHttp.request;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.counterfoil.AddressRange;
import io.counterfoil.http.ApiHandler;
import io.counterfoil.http.ApiResponse;
import io.counterfoil.http.BearerAuthenticator;
import io.counterfoil.http.ForwardedHeader;
import io.counterfoil.http.ManagementPolicy;
import io.counterfoil.http.TokenApi;
import io.counterfoil.servlet.RawHttp.Response;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/** Handlers that the host itself has written, beside those of the library. */
@OnEveryContainer
class HostHandlerTest {
  private final AtomicBoolean overloaded = new AtomicBoolean();

  private ApiHandler limited(TokenApi tokenApi) {
    // @start region="handler"
    ApiHandler limited = request -> overloaded.get()
        ? ApiResponse.failure(429, "too many requests").header("Retry-After", "5")
        : tokenApi.handle(request);
    // @end
    return limited;
  }

  @Test
  void a_handler_of_the_host_answers_like_one_of_the_library() throws Exception {
    try (TestServer server = new TestServer()) {
      TokenApi api = TokenApi.of(server.tokens, ManagementPolicy.anyToken());
      server.mount("/api/limited/*", new ApiServlet(limited(api)));
      server.start();
      assertThat(server.exchange(request("GET", "/api/limited", server.bearer)).body())
          .startsWith("{\"success\":true,\"obj\":[{\"id\":1,");
      overloaded.set(true);
      Response refused = server.exchange(request("GET", "/api/limited", server.bearer));
      assertThat(refused.status()).isEqualTo(429);
      assertThat(refused.body()).isEqualTo("{\"success\":false,\"msg\":\"too many requests\"}");
      assertThat(refused.values("Retry-After")).containsExactly("5");
      assertThat(refused.values("Content-Type")).containsExactly("application/json");
    }
  }

  @Test
  void bodies_and_headers_of_the_host_are_sent_unchanged() throws Exception {
    ApiHandler handler = request -> switch (request.path()) {
      case "/none" -> ApiResponse.of(204);
      case "/same" -> ApiResponse.of(304).header("ETag", "\"1\"");
      case "/moved" -> ApiResponse.of(303).header("Location", "/elsewhere");
      default ->
        ApiResponse.of(200, "text/plain;charset=utf-8", "gr\u00fcn".getBytes(UTF_8))
            .header("cache-control", "max-age=60");
    };
    try (TestServer server = new TestServer()) {
      server.mount("/api/own/*", new ApiServlet(handler));
      server.start();
      try (RawHttp http =
          server.connect()) { // one connection: a wrong length breaks the next response
        for (String path : new String[] {"/none", "/same", "/none"}) {
          http.send(request("GET", "/api/own" + path, server.bearer));
          Response bodiless = http.readResponse();
          assertThat(bodiless.status()).isEqualTo(path.equals("/none") ? 204 : 304);
          assertThat(bodiless.values("Content-Type")).isEmpty();
        }
        http.send(request("GET", "/api/own/moved", server.bearer));
        Response moved = http.readResponse();
        assertThat(moved.values("Location")).containsExactly("/elsewhere");
        assertThat(moved.values("Content-Length")).containsExactly("0");
        http.send(request("GET", "/api/own", server.bearer));
        Response text = http.readResponse();
        assertThat(text.body()).isEqualTo("gr\u00fcn");
        assertThat(text.values("Content-Type").get(0))
            .isEqualToIgnoringCase("text/plain;charset=utf-8");
        assertThat(text.values("Cache-Control")).containsExactly("max-age=60");
        assertThat(text.values("X-Content-Type-Options")).containsExactly("nosniff");
      }
    }
  }

  @Test // P10
  void a_handler_behind_the_filter_sees_the_address_that_a_trusted_proxy_reports()
      throws Exception {
    ApiHandler address = request -> ApiResponse.of(
        200,
        "text/plain",
        (request.clientAddress() + " via " + request.remoteAddress()).getBytes(UTF_8));
    try (TestServer server = new TestServer()) {
      server.mount("/api/address", new ApiServlet(address));
      server.mount("/open/address", new ApiServlet(address));
      server.start(new BearerFilter(BearerAuthenticator.builder(server.tokens)
          .trustedProxies(ForwardedHeader.X_FORWARDED_FOR, "127.0.0.1", "::1")
          .build()));
      String socket = " via " + AddressRange.address("127.0.0.1");
      String client = "X-Forwarded-For: 203.0.113.9, 192.0.2.7";
      assertThat(server
              .exchange(request("GET", "/api/address", server.bearer, client))
              .body())
          .isEqualTo(AddressRange.address("192.0.2.7") + socket);
      assertThat(server.exchange(request("GET", "/api/address", server.bearer)).body())
          .isEqualTo("Optional.empty" + socket);
      assertThat(server.exchange(request("GET", "/open/address", client)).body())
          .isEqualTo(AddressRange.address("127.0.0.1") + socket);
    }
  }
}
