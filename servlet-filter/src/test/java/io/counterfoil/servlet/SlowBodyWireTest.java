package io.counterfoil.servlet;

import static io.counterfoil.servlet.RawHttp.request;
import static io.counterfoil.servlet.TestServer.TOKENS;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** A body that stalls is answered after the idle timeout. */
@OnEveryContainer
class SlowBodyWireTest {

  @Test // F4
  void a_stalled_body_is_answered_408() throws Exception {
    try (TestServer server = new TestServer()) {
      server.config.idleTimeoutMillis = 300;
      server.start();
      try (RawHttp http = server.connect()) {
        http.send(request(
            "POST",
            TOKENS + "/create",
            server.bearer,
            "Content-Type: application/json",
            "Content-Length: 100"));
        http.send("{\"name\":");
        if (Container.NAME.equals("undertow")) {
          assertThat(http.isClosedUnanswered()).isTrue();
        } else {
          assertThat(http.readResponse().status()).isEqualTo(408);
        }
      }
      assertThat(server.store.content()).hasSize(1);
    }
  }
}
