package io.counterfoil.http;

import static io.counterfoil.http.ApiFixture.text;
import static io.counterfoil.http.FakeRequest.post;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.counterfoil.testing.CapturedLog;
import java.io.Serializable;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A response with a plaintext has it in its body only. */
class ApiResponseTest {
  private final ApiFixture fixture = new ApiFixture();
  private final ApiResponse response = fixture.send(post("/create", "{\"name\":\"ci\"}"));

  @Test // E2, L5
  void to_string_shows_the_status_alone() {
    assertThat(response).hasToString("ApiResponse[200]");
    assertThat(response).isNotInstanceOf(Serializable.class);
  }

  @Test // E2, L1
  void the_plaintext_is_in_no_header_no_later_response_and_no_log_line() throws Exception {
    AtomicReference<String> later = new AtomicReference<>("");
    String log = CapturedLog.of(() -> {
      ApiResponse created = fixture.send(post("/create", "{\"name\":\"other\"}"));
      String body = text(created);
      String plaintext = body.substring(body.indexOf("cf_"), body.length() - 3);
      String after = created.headers()
          + text(fixture.send(FakeRequest.get("")))
          + text(fixture.send(post("/create", "{\"name\":\"other\"}")))
          + text(fixture.send(post("/delete/3")));
      assertThat(fixture.tokens.authenticate(plaintext).toString()).doesNotContain(plaintext);
      assertThat(after).doesNotContain(plaintext, "cf_", "hash");
      later.set(plaintext);
    });
    assertThat(later.get()).startsWith("cf_");
    assertThat(log).isEmpty();
  }

  @Test
  void callers_cannot_change_a_shared_response() {
    String body = text(response);
    assertThat(text(response)).isEqualTo(body).startsWith("{\"success\":true");
    assertThat(response.contentLength()).hasValue(body.length());
    assertThatThrownBy(() -> response.headers().put("X", List.of("y")))
        .isInstanceOf(UnsupportedOperationException.class);
  }

  @Test // C7
  void a_response_of_a_host_has_the_safe_headers_of_the_library() {
    byte[] body = "gr\u00fcn".getBytes(UTF_8);
    ApiResponse text = ApiResponse.of(200, "text/plain;charset=utf-8", body);
    body[0] = 'X';
    assertThat(text(text)).isEqualTo("gr\u00fcn");
    assertThat(text.headers())
        .hasToString("{Content-Type=[text/plain;charset=utf-8], Cache-Control=[no-store],"
            + " X-Content-Type-Options=[nosniff]}");
    ApiResponse none = ApiResponse.of(204);
    assertThat(none.status()).isEqualTo(204);
    assertThat(text(none)).isEmpty();
    assertThat(none.contentLength()).hasValue(0);
    assertThat(none.headers())
        .hasToString("{Cache-Control=[no-store], X-Content-Type-Options=[nosniff]}");
    ApiResponse failure = ApiResponse.failure(429, "not \"now\"\n");
    assertThat(failure.status()).isEqualTo(429);
    assertThat(text(failure)).isEqualTo("{\"success\":false,\"msg\":\"not \\\"now\\\"\\n\"}");
    assertThat(failure.headers()).isEqualTo(response.headers());
  }

  @Test
  void a_header_replaces_one_of_the_same_name_and_leaves_the_response_unchanged() {
    ApiResponse first = ApiResponse.of(200, "text/plain", new byte[] {'x'});
    ApiResponse second = first.header("cache-control", "max-age=60").header("X-Extra", "a  b");
    assertThat(second.headers())
        .hasToString("{Content-Type=[text/plain], X-Content-Type-Options=[nosniff],"
            + " cache-control=[max-age=60], X-Extra=[a  b]}");
    assertThat(first.headers())
        .containsEntry("Cache-Control", List.of("no-store"))
        .hasSize(3);
    assertThat(second.status()).isEqualTo(200);
    assertThat(text(second)).isEqualTo("x");
    assertThatThrownBy(() -> second.headers().put("X", List.of("y")))
        .isInstanceOf(UnsupportedOperationException.class);
    assertThatThrownBy(() -> first.headers().put("X", List.of("y")))
        .isInstanceOf(UnsupportedOperationException.class);
  }

  @ParameterizedTest // C3: CWE-113
  @ValueSource(
      strings = {
        "",
        " ",
        " a",
        "a ",
        "a\r\nX: y",
        "a\nb",
        "a\rb",
        "a\u0000",
        "a\tb",
        "\u007f",
        "\u00e4",
        "a\u2028b"
      })
  void a_header_value_that_could_end_the_line_is_refused(String value) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ApiResponse.of(200).header("X", value))
        .withMessageMatching("header value: \"[ -~]*\""
            + " \\(expected: printable ASCII, and no space at either end\\)");
    assertThatIllegalArgumentException().isThrownBy(() -> ApiResponse.of(200, value, new byte[0]));
  }

  @ParameterizedTest // C3
  @ValueSource(
      strings = {
        "",
        " ",
        "X Y",
        "X:",
        "X\r\nY",
        "X\u0000",
        "\u00e4",
        "content-length",
        "Transfer-Encoding"
      })
  void a_header_name_that_is_invalid_or_frames_the_message_is_refused(String name) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ApiResponse.of(200).header(name, "1"))
        .withMessageMatching("header: [ -~]* \\(expected: [ -~]+\\)");
  }

  @ParameterizedTest
  @ValueSource(ints = {-1, 0, 100, 101, 199, 600, 1000})
  void a_status_out_of_range_is_refused(int status) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ApiResponse.of(status))
        .withMessage("status: " + status + " (expected: 200 to 599)");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ApiResponse.of(status, "text/plain", new byte[0]));
    assertThatIllegalArgumentException().isThrownBy(() -> ApiResponse.failure(status, "x"));
  }

  @Test
  void an_error_is_not_a_success_and_some_statuses_have_no_body() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ApiResponse.failure(200, "x"))
        .withMessage("status: 200 (expected: 400 to 599)");
    for (int status : new int[] {204, 304}) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> ApiResponse.of(status, "text/plain", new byte[0]))
          .withMessage("status: " + status + " (expected: one with a body)");
    }
  }
}
