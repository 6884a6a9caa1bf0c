package io.counterfoil.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import io.counterfoil.NewToken;
import io.counterfoil.http.BearerAuthenticator;
import io.counterfoil.http.ForwardedHeader;
import org.junit.jupiter.api.Test;

/** The client address comes from the socket, or from the header of a trusted proxy. */
@OnEveryContainer
class AddressWireTest {
  @Test
  void a_bound_token_is_accepted_from_its_addresses_only() throws Exception {
    try (TestServer server = new TestServer()) {
      server.start(new BearerFilter(BearerAuthenticator.builder(server.tokens).build()));
      assertThat(status(server, "127.0.0.0/8", "")).isEqualTo(200);
      assertThat(status(server, "192.0.2.0/24", "")).isEqualTo(401);
      assertThat(status(server, "192.0.2.1", "X-Forwarded-For: 192.0.2.1\r\n")).isEqualTo(401);
    }
  }

  @Test
  void the_address_from_a_trusted_proxy_is_used() throws Exception {
    try (TestServer server = new TestServer()) {
      server.start(new BearerFilter(BearerAuthenticator.builder(server.tokens)
          .trustedProxies(ForwardedHeader.X_FORWARDED_FOR, "127.0.0.1")
          .build()));
      assertThat(status(server, "192.0.2.2", "X-Forwarded-For: 192.0.2.2\r\n")).isEqualTo(200);
      assertThat(status(server, "192.0.2.3", "X-Forwarded-For: 192.0.2.9\r\n")).isEqualTo(401);
      assertThat(status(server, "127.0.0.1", "")).as("without the header").isEqualTo(401);
    }
  }

  private static int status(TestServer server, String allowed, String fields) throws Exception {
    NewToken newToken =
        NewToken.named("for " + allowed + fields.length()).allowedAddresses(allowed);
    String plaintext = server.tokens.create(newToken).reveal();
    return server
        .exchange("GET " + TestServer.PAGE + " HTTP/1.1\r\nHost: a\r\nConnection: close\r\n"
            + fields + "Authorization: Bearer " + plaintext + "\r\n\r\n")
        .status();
  }
}
