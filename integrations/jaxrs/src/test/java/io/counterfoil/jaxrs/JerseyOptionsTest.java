package io.counterfoil.jaxrs;

import static org.assertj.core.api.Assertions.assertThat;

import io.counterfoil.NewToken;
import org.junit.jupiter.api.Test;

/** Jersey adds a resource method for {@code OPTIONS} to each path. Other implementations answer before any filter. */
class JerseyOptionsTest {
  @Test // the response would name the methods of the path
  void an_options_that_jersey_implements_is_refused() throws Exception {
    String all = Example.tokens.create(NewToken.named("options").unrestricted()).reveal();
    try (TestServer server = TestServer.start(Example.ApiTokens.class, Example.Servers.class)) {
      assertThat(server.send("OPTIONS", "/servers", all).statusCode()).isEqualTo(403);
      assertThat(server.send("OPTIONS", "/servers", "nonsense").statusCode()).isEqualTo(401);
    }
  }
}
