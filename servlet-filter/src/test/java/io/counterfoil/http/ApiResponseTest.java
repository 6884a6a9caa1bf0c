package io.counterfoil.http;

import static io.counterfoil.http.ApiFixture.text;
import static io.counterfoil.http.FakeRequest.post;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.counterfoil.testing.CapturedLog;
import java.io.Serializable;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

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
    response.body()[0] = 'X';
    assertThat(text(response)).startsWith("{\"success\":true");
    assertThatThrownBy(() -> response.headers().put("X", "y"))
        .isInstanceOf(UnsupportedOperationException.class);
  }
}
