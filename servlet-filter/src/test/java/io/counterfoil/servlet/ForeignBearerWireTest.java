package io.counterfoil.servlet;

import static io.counterfoil.servlet.RawHttp.request;
import static io.counterfoil.servlet.TestServer.PAGE;
import static io.counterfoil.servlet.TestServer.TOKENS;
import static org.assertj.core.api.Assertions.assertThat;

import io.counterfoil.TokenManager;
import io.counterfoil.http.BearerAuthenticator;
import io.counterfoil.servlet.RawHttp.Response;
import jakarta.servlet.Filter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** B6: JWTs beside tokens. The host checks the JWTs in a filter behind the {@link BearerFilter}. */
@OnEveryContainer
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ForeignBearerWireTest {
  private static final String JWT =
      "eyJhbGciOiJFUzI1NiJ9." + "eyJzdWIiOiJhbm4ifQ".repeat(60) + ".c2lnbmF0dXJl-_x";

  /** Accepts one JWT. It answers 418 to anything else that is not a token, and shows what it got. */
  private static final Filter JWTS = (request, response, chain) -> {
    List<String> fields =
        Collections.list(((HttpServletRequest) request).getHeaders("Authorization"));
    if (request.getAttribute(BearerFilter.ACCEPTED) != null
        || fields.equals(List.of("Bearer " + JWT))) {
      chain.doFilter(request, response);
    } else {
      ((HttpServletResponse) response).setStatus(418);
      response.getWriter().write(String.join(" and ", fields));
    }
  };

  private final TestServer server = new TestServer();

  @BeforeAll
  void start() throws Exception {
    server.addFilter("/*", JWTS);
    server.mount("/api/relay", new DispatchingPage());
    TokenManager tokens = server.tokens;
    var bearer = BearerAuthenticator.builder(tokens).passForeignBearer().build();
    server.start(new BearerFilter(bearer));
  }

  @AfterAll
  void stop() throws Exception {
    server.close();
  }

  @Test
  void a_jwt_reaches_the_host_unchanged_and_without_a_token() throws IOException {
    assertThat(send(PAGE, JWT).body())
        .isEqualTo("guarded content for nobody null null deploy=false proof=none session=false");
    assertThat(send("/api/relay?how=forward&to=" + PAGE, JWT).body())
        .contains(" for nobody null null deploy=false proof=none");
    Response other = send(PAGE, "a.b.c");
    assertThat(other.status()).isEqualTo(418);
    assertThat(other.body()).isEqualTo("Bearer a.b.c");
    assertThat(send(TOKENS, JWT).status()).isEqualTo(403); // a JWT manages no tokens by itself
    assertThat(server.store.lookups()).isZero();
  }

  @Test // B4, B6
  void a_token_and_everything_that_begins_like_one_never_reaches_the_host_unchecked()
      throws IOException {
    assertThat(send(PAGE, server.plaintext).body()).contains(" for token:1 ");
    assertThat(server.store.lookups()).isOne();
    for (String bad : List.of("cf_", "cf_" + JWT, server.plaintext + 'x', "", "a b")) {
      Response response = send(PAGE, bad);
      assertThat(response.status()).isEqualTo(401);
      assertThat(response.values("WWW-Authenticate"))
          .containsExactly("Bearer realm=\"api\", error=\"invalid_token\"");
    }
    String field = "Authorization: Bearer ";
    assertThat(server.exchange(request("GET", PAGE, field + JWT, field + JWT)).status())
        .isEqualTo(400);
    assertThat(server.exchange(request("GET", PAGE)).status()).isEqualTo(401);
    assertThat(server.store.lookups()).isZero();
  }

  private Response send(String path, String credential) throws IOException {
    return server.exchange(request("GET", path, "Authorization: Bearer " + credential));
  }
}
