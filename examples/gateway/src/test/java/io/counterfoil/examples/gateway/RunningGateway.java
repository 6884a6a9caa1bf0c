package io.counterfoil.examples.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.counterfoil.NewToken;
import io.counterfoil.TokenManager;
import io.counterfoil.examples.gateway.Connection.Response;
import java.net.InetAddress;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;

/**
 * A gateway with the files of this example, in front of its authenticator and its application. Each test uses a client address of
 * its own, because the authenticator counts rejected attempts for each address.
 */
@Tag("slow")
@Tag("wire")
@TestInstance(Lifecycle.PER_CLASS)
abstract class RunningGateway {
  static {
    System.setProperty("sun.net.httpserver.nodelay", "true"); // otherwise each response waits 40 ms
  }

  static final String ME = "127.0.0.1";

  final AtomicBoolean isFailing = new AtomicBoolean();
  final TokenManager tokens =
      TokenManager.builder(FailingStore.of(isFailing)).recordNoUses().build();
  final String reader = token(NewToken.named("r").owner("ann").scopes("servers:read"));
  final String admin = token(NewToken.named("admin").unrestricted());
  final String none = token(NewToken.named("none").owner("Zo\u00eb B, C"));
  Authenticator authenticator;
  Application application;
  Gateway gateway;

  /** Returns the gateway to test. */
  abstract Gateway.Kind kind();

  String token(NewToken newToken) {
    return tokens.create(newToken).reveal();
  }

  @BeforeAll
  void start() throws Exception {
    authenticator = new Authenticator(tokens, ME, 0);
    application = new Application(InetAddress.getLoopbackAddress(), 0);
    gateway = Gateway.start(kind(), authenticator.port(), application.port());
  }

  @AfterAll
  void stop() throws Exception {
    if (gateway != null) {
      gateway.close();
    }
    authenticator.close();
    application.close();
    tokens.close();
  }

  static String request(String line, String plaintext, String... headers) {
    String authorization = plaintext.isEmpty() ? "" : "Authorization: Bearer " + plaintext + "\r\n";
    return line + " HTTP/1.1\r\nHost: example.com\r\nConnection: close\r\n" + authorization
        + IntStream.range(0, headers.length)
            .mapToObj(i -> headers[i] + "\r\n")
            .reduce("", String::concat)
        + "\r\n";
  }

  Response send(String from, String line, String plaintext, String... headers) throws Exception {
    return Connection.send(from, gateway.port(), request(line, plaintext, headers));
  }

  static void assertRefused(Response response) {
    assertThat(response.status()).as(response.text()).isBetween(400, 499);
  }
}
