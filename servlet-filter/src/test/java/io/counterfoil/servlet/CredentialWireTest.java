package io.counterfoil.servlet;

import static io.counterfoil.servlet.RawHttp.request;
import static io.counterfoil.servlet.TestServer.PAGE;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.counterfoil.servlet.RawHttp.Response;
import io.counterfoil.testing.BearerCase;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Credentials over HTTP. */
@Tag("locale")
@OnEveryContainer
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CredentialWireTest {
  private final TestServer server = new TestServer();

  @BeforeAll
  void start() throws Exception {
    server.start();
  }

  @AfterAll
  void stop() throws Exception {
    server.close();
  }

  @ParameterizedTest(name = "{0}") // B1, B2, B3, B4, B5, B7, B8, C1, C2, C4, C5, C7
  @MethodSource("io.counterfoil.testing.BearerCase#all")
  void each_credential_gets_the_response_in_the_table(BearerCase testCase) throws IOException {
    BearerCase.Response expected = testCase.from(Container.NAME);
    int runs = server.page.runs();
    Response response = send(bytes(testCase));
    assertThat(response.status()).isEqualTo(expected.status);
    assertThat(server.page.runs())
        .isEqualTo(expected == BearerCase.Response.ACCEPTED ? runs + 1 : runs);
    if (expected == BearerCase.Response.ACCEPTED) {
      assertThat(response.body()).startsWith(ProtectedPage.MARK + " for token:1 ");
    } else if (expected.isRefusal()) {
      assertRefused(response, expected);
    } else {
      assertDisclosesNothing(response, expected);
    }
  }

  @Test // B5
  void tokens_in_query_form_trailer_and_path_parameters_are_ignored() throws IOException {
    String form = "access_token=" + server.plaintext;
    String part = "--x\r\nContent-Disposition: form-data; name=\"access_token\"\r\n" + server.bearer
        + "\r\n\r\n" + server.plaintext + "\r\n--x--\r\n";
    for (String request : List.of(
        request("GET", PAGE + "?access_token=" + server.plaintext),
        request("GET", PAGE + "?Authorization=Bearer%20" + server.plaintext),
        request(
                "POST",
                PAGE,
                "Content-Type: application/x-www-form-urlencoded",
                "Content-Length: " + form.length())
            + form,
        request(
                "POST",
                PAGE,
                "Content-Type: multipart/form-data; boundary=x",
                "Content-Length: " + part.length())
            + part,
        request(
                "POST",
                PAGE,
                "Transfer-Encoding: chunked",
                "Trailer: Authorization",
                "TE: trailers")
            + "1\r\nx\r\n0\r\n" + server.bearer + "\r\n\r\n")) {
      assertRefused(run(request), BearerCase.Response.MISSING);
    }
    assertRefused(
        run(request("GET", PAGE + ";access_token=" + server.plaintext)),
        BearerCase.Response.MISSING);
  }

  /** Encodes characters beyond ISO 8859-1 as UTF-8. */
  private static String bytes(BearerCase testCase) {
    String lines = String.join("\r\n", testCase.lines());
    return lines.chars().anyMatch(c -> c > 0xff)
        ? new String(lines.getBytes(UTF_8), ISO_8859_1)
        : lines;
  }

  private Response send(String lines) throws IOException {
    return run(request("GET", PAGE, lines.replace("TOKEN", server.plaintext)));
  }

  private Response run(String request) throws IOException {
    return server.exchange(request);
  }

  private void assertRefused(Response response, BearerCase.Response expected) {
    assertThat(response.status()).isEqualTo(expected.status);
    assertThat(response.values("WWW-Authenticate")).containsExactly(expected.challenge);
    assertThat(response.values("Content-Type")).containsExactly("application/json");
    assertThat(response.values("Cache-Control")).containsExactly("no-store");
    assertThat(response.values("X-Content-Type-Options")).containsExactly("nosniff");
    assertThat(response.values("Set-Cookie")).isEmpty();
    assertThat(response.body()).isEqualTo(expected.body());
  }

  /** L2: the container responds to a broken request with a token as it does to one without. */
  private void assertDisclosesNothing(Response response, BearerCase.Response expected)
      throws IOException {
    String line = expected == BearerCase.Response.TOO_LARGE ? "X: " + "x".repeat(60_000) : "\u0000";
    Response another = run(request("GET", PAGE, line));
    assertThat(response.body()).isEqualTo(another.body());
    assertThat(withoutDate(response)).isEqualTo(withoutDate(another));
  }

  private static List<String> withoutDate(Response response) {
    return response.fields().stream()
        .filter(line -> !line.startsWith("Date:"))
        .sorted()
        .toList();
  }
}
