package io.counterfoil.servlet;

import static io.counterfoil.servlet.GuardedServer.PAGE;
import static io.counterfoil.servlet.RawHttp.request;
import static org.assertj.core.api.Assertions.assertThat;

import io.counterfoil.servlet.RawHttp.Answer;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The credential as it comes over the wire. In the field lines, {@code TOKEN} stands for a valid plaintext. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CredentialWireTest {
  private static final String CHALLENGE = "Bearer realm=\"api\"";
  private static final String INVALID = CHALLENGE + ", error=\"invalid_token\"";
  private static final String REPEATED = CHALLENGE + ", error=\"invalid_request\"";

  private final GuardedServer server = new GuardedServer();

  @BeforeAll
  void start() throws Exception {
    server.start();
  }

  @AfterAll
  void stop() throws Exception {
    server.close();
  }

  @ParameterizedTest // B1, B3: white space around a field value is not part of it (RFC 9110 section
  // 5.5)
  @ValueSource(
      strings = {
        "Authorization: Bearer TOKEN",
        "authorization: bearer TOKEN",
        "AUTHORIZATION: BEARER   TOKEN",
        "Authorization:Bearer TOKEN",
        "Authorization: \t Bearer TOKEN \t "
      })
  void a_valid_token_comes_in(String line) throws IOException {
    Answer answer = send(line);
    assertThat(answer.body()).startsWith(GuardedPage.MARK);
    assertThat(answer.status()).isEqualTo(200);
  }

  @ParameterizedTest // B2, C2
  @ValueSource(
      strings = {
        "Authorization: Bearer",
        "Authorization: Bearer\tTOKEN",
        "Authorization: Bearer TOKEN TOKEN",
        "Authorization: Bearer \"TOKEN\"",
        "Authorization: Bearer TOKEN, Bearer TOKEN",
        "Authorization: Bearer token=TOKEN",
        "Authorization: Bearer TOKEN\u00e9",
        "Authorization: Bearer cf_0000000000000000000000000000000000000000000000000"
      })
  void a_bad_token_is_answered_401(String line) throws IOException {
    assertRefused(send(line), 401, INVALID);
  }

  @ParameterizedTest // B5, C1: RFC 6750 sections 2.2 and 2.3, RFC 9700 section 4.3.2
  @ValueSource(
      strings = {
        "X-Nothing: x",
        "Authorization: Basic TOKEN",
        "Authorization: ",
        "Proxy-Authorization: Bearer TOKEN",
        "X-Api-Key: TOKEN",
        "X-Auth-Token: TOKEN",
        "X-Authorization: Bearer TOKEN",
        "Cookie: access_token=TOKEN; Authorization=Bearer TOKEN; token=TOKEN",
        "WWW-Authenticate: Bearer TOKEN",
        "Authentication: Bearer TOKEN",
        "X-Forwarded-Authorization: Bearer TOKEN",
        "X-Forwarded-User: default\r\nX-User-Id: 1\r\nX-Remote-User: default"
      })
  void only_the_authorization_field_counts(String lines) throws IOException {
    assertRefused(send(lines), 401, CHALLENGE);
  }

  @Test // B5
  void neither_query_nor_form_nor_trailer_nor_path_parameter_counts() throws IOException {
    String form = "access_token=" + server.plaintext;
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
                "Transfer-Encoding: chunked",
                "Trailer: Authorization",
                "TE: trailers")
            + "1\r\nx\r\n0\r\n" + server.bearer + "\r\n\r\n")) {
      assertRefused(run(request), 401, CHALLENGE);
    }
    assertThat(run(request("GET", PAGE + ";access_token=" + server.plaintext)).status())
        .isIn(400, 401);
  }

  @ParameterizedTest // B4
  @ValueSource(
      strings = {
        "Authorization: Bearer TOKEN\r\nAuthorization: Bearer TOKEN",
        "Authorization: Bearer TOKEN\r\nAuthorization: Bearer x",
        "Authorization: Bearer x\r\nAuthorization: Bearer TOKEN",
        "Authorization: Bearer TOKEN\r\nX: y\r\nauthorization: Basic eDp5",
        "Authorization: Basic eDp5\r\nAUTHORIZATION: Bearer TOKEN",
        "Authorization: \r\nAuthorization: Bearer TOKEN"
      })
  void a_repeated_field_is_answered_400(String lines) throws IOException {
    assertRefused(send(lines), 400, REPEATED);
  }

  @ParameterizedTest // B2, C4, L2: the container itself may refuse these, but never lets them in
  // nor echoes them
  @ValueSource(
      strings = {
        "Authorization: Bearer\r\n TOKEN",
        "Authorization: Bearer \r\n\tTOKEN",
        "X: y\r\n Authorization: Bearer TOKEN",
        "Authorization: Bearer \u0000TOKEN",
        "Authorization: Bearer TOKEN\u0000",
        "Authorization: Bearer TOKEN\u0001",
        "Authorization: Bearer \u001bTOKEN",
        "Authorization: Bearer TOKEN\u007f",
        "Authorization: Bearer TOKEN\rX: y",
        "Authorization : Bearer TOKEN",
        "Authorization Bearer TOKEN",
        "Authorization\u0000: Bearer TOKEN",
        " Authorization: Bearer TOKEN"
      })
  void folded_lines_and_control_bytes_never_come_in(String lines) throws IOException {
    int runs = server.page.runs();
    Answer answer = send(lines);
    assertThat(answer.status()).isIn(400, 401);
    assertThat(server.page.runs()).isEqualTo(runs);
    assertThat(answer.fields() + answer.body())
        .doesNotContain(server.plaintext, server.plaintext.substring(3, 13));
  }

  private Answer send(String lines) throws IOException {
    return run(request("GET", PAGE, lines.replace("TOKEN", server.plaintext)));
  }

  private Answer run(String request) throws IOException {
    return server.exchange(request);
  }

  private void assertRefused(Answer answer, int status, String challenge) {
    assertThat(answer.status()).isEqualTo(status);
    assertThat(answer.values("WWW-Authenticate")).containsExactly(challenge);
    assertThat(answer.values("Set-Cookie")).isEmpty();
    assertThat(answer.body()).startsWith("{\"success\":false,\"msg\":\"");
    assertThat(answer.fields() + answer.body())
        .doesNotContain(server.plaintext.substring(3, 13)); // C4
  }
}
