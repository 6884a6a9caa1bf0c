package io.counterfoil.servlet;

import static io.counterfoil.servlet.RawHttp.post;
import static io.counterfoil.servlet.RawHttp.request;
import static org.assertj.core.api.Assertions.assertThat;

import io.counterfoil.NewToken;
import io.counterfoil.StoredToken;
import io.counterfoil.Token;
import io.counterfoil.http.BearerAuthenticator;
import io.counterfoil.http.Caller;
import io.counterfoil.http.ManagementPolicy;
import io.counterfoil.http.TokenApi;
import io.counterfoil.servlet.RawHttp.Response;
import jakarta.servlet.Filter;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A login beside tokens, with a page that asks only for principal and role. A token gets no rights of a user. */
@OnEveryContainer
class LoginBesideTokensTest {
  private static final String MINE = "/api/mine";
  private static final Pattern PLAINTEXT = Pattern.compile("cf_[0-9A-Za-z]{49}");

  /** Users log in at a proxy, which names them in a header. It sends an empty header before the login. */
  private static final Filter LOGIN = (request, response, chain) -> chain.doFilter(
      request.getAttribute(BearerFilter.ACCEPTED) == null
              && ((HttpServletRequest) request).getHeader("X-User") != null
          ? new UserRequest((HttpServletRequest) request)
          : request,
      response);

  private final TestServer server = new TestServer();

  /** The request of a logged-in user; ann is the only admin. */
  private static final class UserRequest extends HttpServletRequestWrapper {
    UserRequest(HttpServletRequest request) {
      super(request);
    }

    @Override
    public String getRemoteUser() {
      return getHeader("X-User");
    }

    @Override
    public java.security.Principal getUserPrincipal() {
      return this::getRemoteUser;
    }

    @Override
    public boolean isUserInRole(String role) {
      return role.equals("admin") && getRemoteUser().equals("ann");
    }
  }

  private static final class AdminPage extends HttpServlet {
    private static final long serialVersionUID = 1L;

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response)
        throws IOException {
      response
          .getWriter()
          .write("principal " + request.getUserPrincipal().getName() + ", user "
              + request.getRemoteUser() + ", admin=" + request.isUserInRole("admin"));
    }
  }

  @BeforeEach
  void start() throws Exception {
    ManagementPolicy users = request -> request.user().map(Caller::user);
    server.addFilter("/api/*", LOGIN);
    server.mount("/api/admin", new AdminPage());
    server.mount(MINE + "/*", new ApiServlet(TokenApi.of(server.tokens, users)));
    server.start(new BearerFilter(
        BearerAuthenticator.builder(server.tokens).passWithoutBearer().build()));
  }

  @AfterEach
  void stop() throws Exception {
    server.close();
  }

  @Test // P1: CWE-290
  void the_name_of_a_token_gives_no_rights_of_the_user_with_that_name() throws IOException {
    assertThat(page("X-User: ann")).isEqualTo("principal ann, user ann, admin=true");
    Response created = server.exchange(post(MINE + "/create", "{\"name\":\"ann\"}", "X-User: bob"));
    Matcher plaintext = PLAINTEXT.matcher(created.body());
    assertThat(plaintext.find()).as(created.body()).isTrue();
    assertThat(page("Authorization: Bearer " + plaintext.group()))
        .isEqualTo("principal bob, user bob, admin=false");
    assertThat(page("Authorization: Bearer " + plaintext.group(), "X-User: ann"))
        .isEqualTo("principal bob, user bob, admin=false");
  }

  @ParameterizedTest // P2
  @CsvSource({"'', false", "admins, false", "*, false", "admin, true", "admin *, true"})
  void a_token_has_the_role_only_if_it_is_one_of_its_scopes(String scopes, boolean admin)
      throws IOException {
    NewToken plain = NewToken.named("ann");
    Token token = create(scopes.isEmpty() ? plain : plain.scopes(scopes.split(" ")));
    assertThat(page(bearer))
        .isEqualTo(
            "principal token:" + token.id() + ", user token:" + token.id() + ", admin=" + admin);
  }

  @Test // M2: a proxy that sends an empty header has let an anonymous client list and rotate tokens
  void an_empty_user_is_no_user() throws IOException {
    List<StoredToken> before = server.store.content();
    String[] nobody = {"X-User:", "Content-Type: application/json"};
    assertThat(server.exchange(request("GET", MINE, nobody)).status()).isEqualTo(403);
    assertThat(server
            .exchange(post(MINE + "/rotate/1", "{\"overlapSeconds\":0}", "X-User:"))
            .status())
        .isEqualTo(403);
    assertThat(server
            .exchange(post(MINE + "/create", "{\"name\":\"x\"}", "X-User:"))
            .status())
        .isEqualTo(403);
    assertThat(server.store.content()).isEqualTo(before);
    assertThat(server.exchange(request("GET", MINE, "X-User: bob")).status()).isEqualTo(200);
  }

  private String bearer = "";

  private Token create(NewToken newToken) {
    var created = server.tokens.create(newToken);
    bearer = "Authorization: Bearer " + created.reveal();
    return created.token();
  }

  private String page(String... fields) throws IOException {
    return server.exchange(request("GET", "/api/admin", fields)).body();
  }
}
