package io.counterfoil.servlet;

import static io.counterfoil.servlet.RawHttp.post;
import static io.counterfoil.servlet.RawHttp.request;
import static io.counterfoil.servlet.TestServer.PAGE;
import static org.assertj.core.api.Assertions.assertThat;

import io.counterfoil.NewToken;
import io.counterfoil.http.BearerAuthenticator;
import io.counterfoil.http.ManagementPolicy;
import io.counterfoil.http.RouteScopes;
import io.counterfoil.http.SelfService;
import io.counterfoil.http.TokenApi;
import io.counterfoil.servlet.RawHttp.Response;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** A job manages its own token, in a host with routes. */
@OnEveryContainer
class SelfServiceWireTest {
  private static final String OWN = "/api/own";

  @Test // E2, M1, M5
  void a_job_rotates_and_then_deletes_its_own_token() throws Exception {
    try (TestServer server = new TestServer()) {
      RouteScopes routes = RouteScopes.builder()
          .scope("deploy", "GET " + PAGE)
          .scope("manage", "GET " + OWN, "POST " + OWN + "/**")
          .anyToken(
              "GET " + OWN + "/self",
              "POST " + OWN + "/self/rotate",
              "POST " + OWN + "/self/delete")
          .build();
      TokenApi api =
          TokenApi.of(server.tokens, ManagementPolicy.tokensWith("manage"), SelfService.values());
      server.mount(OWN + "/*", new ApiServlet(api));
      server.start(new BearerFilter(
          BearerAuthenticator.builder(server.tokens).routes(routes).build()));
      String first =
          server.tokens.create(NewToken.named("job").scopes("deploy")).reveal();
      Response rotated =
          server.exchange(post(OWN + "/self/rotate", "{\"overlapSeconds\":0}", bearer(first)));
      assertThat(rotated.status()).isEqualTo(200);
      assertThat(rotated.values("Cache-Control")).containsExactly("no-store");
      Matcher second = Pattern.compile("cf_[0-9A-Za-z]{49}").matcher(rotated.body());
      assertThat(second.find()).isTrue();
      String job = bearer(second.group());
      assertThat(server.exchange(request("GET", PAGE, bearer(first))).status()).isEqualTo(401);
      assertThat(server.exchange(request("GET", PAGE, job)).status()).isEqualTo(200);
      assertThat(server.exchange(request("GET", OWN + "/self", job)).body())
          .isEqualTo("{\"success\":true,\"obj\":{\"id\":2,\"name\":\"job\",\"enabled\":true,"
              + "\"createdAt\":1736000000,\"scopes\":[\"deploy\"]}}");
      for (String others : new String[] {"/rotate/1", "/rotate/2", "/delete/1", "/self/x"}) {
        Response refused = server.exchange(post(OWN + others, "{\"overlapSeconds\":0}", job));
        assertThat(refused.status()).isEqualTo(403);
      }
      assertThat(server.exchange(post(OWN + "/self/delete", "{}", job)).status())
          .isEqualTo(200);
      assertThat(server.exchange(request("GET", PAGE, job)).status()).isEqualTo(401);
      assertThat(server.store.content()).hasSize(1);
    }
  }

  private static String bearer(String plaintext) {
    return "Authorization: Bearer " + plaintext;
  }
}
