package io.counterfoil.jaxrs;

import static org.assertj.core.api.Assertions.assertThat;

import io.counterfoil.NewToken;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The samples of the documentation, over HTTP. */
class ExampleTest {
  private static TestServer server;

  @BeforeAll
  static void start() throws Exception {
    server = TestServer.start(Example.ApiTokens.class, Example.Servers.class);
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @Test
  void a_method_needs_its_own_scopes_and_those_of_its_class() throws Exception {
    String reader = Example.tokens
        .create(NewToken.named("reader").owner("ann").scopes("servers:read"))
        .reveal();
    String writer =
        Example.tokens.create(NewToken.named("writer").scopes("servers:write")).reveal();
    String both = Example.tokens
        .create(NewToken.named("both").scopes("servers:read", "servers:write"))
        .reveal();
    assertThat(server.get("/servers", reader).body()).isEqualTo("the servers of ann");
    assertThat(server.get("/servers", writer).statusCode()).isEqualTo(403);
    assertThat(server.send("POST", "/servers", writer).statusCode()).isEqualTo(403);
    assertThat(server.send("POST", "/servers", both).body()).isEqualTo("created");
    HttpResponse<String> refused = server.send("POST", "/servers", reader);
    assertThat(refused.statusCode()).isEqualTo(403);
    assertThat(refused.headers().firstValue("WWW-Authenticate"))
        .contains("Bearer realm=\"api\", error=\"insufficient_scope\","
            + " scope=\"servers:read servers:write\"");
  }

  @Test
  void a_method_without_token_is_open_to_everybody() throws Exception {
    assertThat(server.get("/servers/version").body()).isEqualTo("1.0");
    assertThat(server.get("/servers/version", "nonsense").body()).isEqualTo("1.0");
  }
}
