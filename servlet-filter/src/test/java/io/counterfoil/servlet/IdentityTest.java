package io.counterfoil.servlet;

import static io.counterfoil.servlet.RawHttp.request;
import static io.counterfoil.servlet.TestServer.PAGE;
import static org.assertj.core.api.Assertions.assertThat;

import io.counterfoil.KnownScopes;
import io.counterfoil.NewToken;
import io.counterfoil.TokenManager;
import io.counterfoil.http.BearerAuthenticator;
import io.counterfoil.servlet.RawHttp.Response;
import io.counterfoil.testing.Effort;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.junit.jupiter.api.Test;

/** The identity that the application behind the filter sees. */
@OnEveryContainer
class IdentityTest {

  /** Lists which of several roles the user has. */
  private static final class Roles extends HttpServlet {
    private static final long serialVersionUID = 1L;

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response)
        throws IOException {
      for (String role : new String[] {"deploy", "Deploy", "read", "other", "*", "**", ""}) {
        response.getWriter().write(role + '=' + request.isUserInRole(role) + ' ');
      }
    }
  }

  @Test // P1, P2
  void the_user_is_the_owner_or_the_token_and_its_roles_are_the_scopes() throws Exception {
    try (TestServer server = new TestServer()) {
      server.mount("/api/roles", new Roles());
      server.start();
      NewToken newToken =
          NewToken.named("build bot \ud83d\ude80").owner("ann").scopes("deploy", "read");
      String bot = "Authorization: Bearer " + server.tokens.create(newToken).reveal();
      assertThat(server.exchange(request("GET", "/api/roles", bot)).body())
          .isEqualTo("deploy=true Deploy=false read=true other=false *=false **=true =false ");
      assertThat(server.exchange(request("GET", "/api/roles", server.bearer)).body())
          .isEqualTo("deploy=false Deploy=false read=false other=false *=false **=true =false ");
      String all = "Authorization: Bearer "
          + server.tokens.create(NewToken.named("all").unrestricted()).reveal();
      assertThat(server.exchange(request("GET", "/api/roles", all)).body())
          .isEqualTo("deploy=false Deploy=false read=false other=false *=false **=true =false ");
      assertThat(server.exchange(request("GET", PAGE, bot)).body())
          .isEqualTo("guarded content for ann ann Bearer deploy=true proof=2 session=false");
      assertThat(server.exchange(request("GET", PAGE, server.bearer)).body())
          .isEqualTo(
              "guarded content for token:1 token:1 Bearer deploy=false proof=1 session=false");
    }
  }

  @Test // P2
  void the_roles_include_the_scopes_that_are_implied() throws Exception {
    try (TestServer server = new TestServer();
        TokenManager tokens = TokenManager.builder(server.store)
            .clock(server.clock)
            .knownScopes(
                KnownScopes.none().scope("read", "").scope("deploy", "", "read").scope("other", ""))
            .build()) {
      server.mount("/api/roles", new Roles());
      server.start(new BearerFilter(BearerAuthenticator.builder(tokens).build()));
      String bot = "Authorization: Bearer "
          + tokens.create(NewToken.named("bot").scopes("deploy")).reveal();
      assertThat(server.exchange(request("GET", "/api/roles", bot)).body())
          .isEqualTo("deploy=true Deploy=false read=true other=false *=false **=true =false ");
    }
  }

  @Test // E10
  void sessions_and_cookies_are_neither_created_nor_trusted() throws Exception {
    try (TestServer server = new TestServer()) {
      server.start();
      Response in = server.exchange(request("GET", PAGE, server.bearer));
      assertThat(in.body()).endsWith("session=false");
      assertThat(in.values("Set-Cookie")).isEmpty();
      Response out = server.exchange(request("GET", PAGE, "Cookie: JSESSIONID=1"));
      assertThat(out.status()).isEqualTo(401);
      assertThat(out.values("Set-Cookie")).isEmpty();
    }
  }

  @Test
  void a_request_passed_on_without_a_token_has_no_user() throws Exception {
    try (TestServer server = new TestServer()) {
      server.start(new BearerFilter(
          BearerAuthenticator.builder(server.tokens).passWithoutBearer().build()));
      assertThat(server.exchange(request("GET", PAGE)).body())
          .isEqualTo("guarded content for nobody null null deploy=false proof=none session=false");
      assertThat(
              server.exchange(request("GET", PAGE, "Authorization: Bearer x")).status())
          .isEqualTo(401);
      assertThat(server.exchange(request("GET", TestServer.TOKENS)).status()).isEqualTo(403);
      assertThat(server.page.runs()).isOne();
    }
  }

  @Test // C8: CWE-488, Grafana CVE-2022-39328 and CVE-2022-21673
  void identities_do_not_leak_between_requests_on_one_connection() throws Exception {
    TestServer server = new TestServer();
    server.config.threads = 4;
    server.start();
    try (server;
        RawHttp http = server.connect()) {
      String other =
          server.tokens.create(NewToken.named("other").owner("bob").scopes("x")).reveal();
      String[] credentials = {
        server.bearer, "X: y", "Authorization: Bearer " + other, "Authorization: Bearer no"
      };
      String[] users = {
        "token:1 token:1 Bearer deploy=false proof=1", "", "bob bob Bearer deploy=false proof=2", ""
      };
      for (int i = 0; i < Effort.times(1_000); i++) {
        int who = (i + i / 7) % 4; // so that the order changes
        http.send(request("GET", PAGE, credentials[who]));
        Response response = http.readResponse();
        assertThat(response.status()).isEqualTo(users[who].isEmpty() ? 401 : 200);
        if (!users[who].isEmpty()) {
          assertThat(response.body())
              .isEqualTo(ProtectedPage.MARK + " for " + users[who] + " session=false");
        }
      }
    }
  }
}
