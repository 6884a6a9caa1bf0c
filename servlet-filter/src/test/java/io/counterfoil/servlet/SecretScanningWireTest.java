package io.counterfoil.servlet;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.counterfoil.http.FakeScanner;
import io.counterfoil.http.SecretScanningHandler;
import io.counterfoil.http.SecretScanningHandler.Leak;
import io.counterfoil.servlet.RawHttp.Response;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A report of a secret scanner over HTTP. */
class SecretScanningWireTest {

  @Test
  void a_report_disables_the_leaked_token_before_it_is_answered() throws Exception {
    FakeScanner scanner = new FakeScanner();
    List<Leak> leaks = new ArrayList<>();
    try (TestServer server = new TestServer()) {
      server.mount(
          "/leaks",
          new ApiServlet(SecretScanningHandler.of(server.tokens, scanner::find, leaks::add)));
      server.start();
      String report = '[' + FakeScanner.found(server.plaintext) + ']';
      Response response = server.exchange(RawHttp.post(
          "/leaks",
          report,
          "Github-Public-Key-Identifier: " + FakeScanner.KEY_NAME,
          "Github-Public-Key-Signature: " + scanner.signature(report.getBytes(UTF_8))));
      assertThat(response.body()).contains("\"label\":\"true_positive\"");
      assertThat(response.values("Cache-Control")).containsExactly("no-store");
      assertThat(leaks).hasSize(1);
      assertThat(server
              .exchange(RawHttp.request("GET", TestServer.PAGE, server.bearer))
              .status())
          .isEqualTo(401);
      assertThat(server.exchange(RawHttp.post("/leaks", report)).status()).isEqualTo(403);
    }
  }
}
