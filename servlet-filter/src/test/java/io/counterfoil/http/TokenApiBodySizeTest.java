package io.counterfoil.http;

import static io.counterfoil.http.ApiFixture.text;
import static io.counterfoil.http.FakeRequest.post;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeout;

import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Bodies of up to 16 KiB are read. Larger, truncated and stalled bodies are refused. */
class TokenApiBodySizeTest {
  private static final int LIMIT = 16_384;
  private static final String TOO_LARGE =
      "{\"success\":false,\"msg\":\"the body is larger than 16384 bytes\"}";

  private final ApiFixture fixture = new ApiFixture();

  /** Returns spaces without end, and counts them. */
  private static final class EndlessStream extends InputStream {
    private int count;

    @Override
    public int read() {
      count++;
      return ' ';
    }

    @Override
    public int read(byte[] buffer, int offset, int length) {
      Arrays.fill(buffer, offset, offset + length, (byte) ' ');
      count += length;
      return length;
    }
  }

  /** Returns at most seven bytes at a time, as a slow network does. */
  private static final class SlowStream extends FilterInputStream {
    SlowStream(byte[] bytes) {
      super(new ByteArrayInputStream(bytes));
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
      return super.read(buffer, offset, Math.min(length, 7));
    }
  }

  @Test // F4
  void a_body_of_16384_bytes_is_read() {
    FakeRequest declared = post("/create", ofLength("a", LIMIT)).field("Content-Length", "16384");
    assertThat(fixture.send(declared).status()).isEqualTo(200);
    assertThat(fixture.send(post("/create", ofLength("b", LIMIT))).status()).isEqualTo(200);
    FakeRequest slow =
        post("/create", "").body(new SlowStream(ofLength("c", LIMIT).getBytes(US_ASCII)));
    assertThat(fixture.send(slow).status()).isEqualTo(200);
  }

  @Test // F4: without Content-Length, as in a chunked body, and with right and wrong values of it
  void a_body_of_16385_bytes_is_too_large() {
    String json = ofLength("a", LIMIT + 1);
    assertThat(text(fixture.assertRefused(post("/create", json), 413))).isEqualTo(TOO_LARGE);
    for (String length :
        new String[] {"16385", "12", "0", "-1", "x", "99999999999999999999", "\u0661"}) {
      fixture.assertRefused(post("/create", json).field("Content-Length", length), 413);
    }
    fixture.assertRefused(post("/create", "").body(new SlowStream(json.getBytes(US_ASCII))), 413);
    fixture.assertRefused(post("/setEnabled/1", json), 413);
    fixture.assertRefused(post("/rotate/1", json), 413);
  }

  @ParameterizedTest // F4
  @ValueSource(strings = {"16385", "9223372036854775807"})
  void a_body_whose_content_length_is_too_large_is_not_read(String length) {
    FakeRequest request = post("/create", "{\"name\":\"x\"}").field("Content-Length", length);
    fixture.assertRefused(request, 413);
    assertThat(request.bodyOpened()).isZero();
  }

  @Test // F4
  void at_most_one_byte_over_the_limit_is_read_of_an_endless_body() {
    EndlessStream endless = new EndlessStream();
    fixture.assertRefused(post("/create", "").body(endless), 413);
    assertThat(endless.count).isEqualTo(LIMIT + 1);
  }

  static Stream<String> oversizedBodies() {
    return Stream.of(
        "[".repeat(500_000),
        "{\"name\":".repeat(500_000),
        "{\"scopes\":" + "[".repeat(500_000),
        "{\"expiresAt\":" + "9".repeat(1_000_000) + '}',
        "{\"expiresAt\":1." + "9".repeat(1_000_000) + '}',
        members(60_000));
  }

  @ParameterizedTest(name = "{index}") // K1: whole, and cut to a length below the limit
  @MethodSource("oversizedBodies")
  void oversized_bodies_are_refused_quickly(String body) {
    assertTimeout(Duration.ofSeconds(5), () -> {
      fixture.assertRefused(post("/create", body), 413);
      fixture.assertRefused(post("/create", body.substring(0, 16_000)), 400);
      fixture.assertRefused(post("/create", body.substring(0, 16_000) + '}'), 400);
    });
  }

  @Test // K1
  void numbers_of_any_length_and_size_are_refused_quickly() {
    assertTimeout(Duration.ofSeconds(5), () -> {
      for (String number : new String[] {
        "9".repeat(16_000),
        "1e999999999",
        "-" + "9".repeat(1_000),
        "1." + "0".repeat(16_000),
        "1e" + "9".repeat(16_000)
      }) {
        fixture.assertRefused(
            post("/create", "{\"name\":\"x\",\"expiresAt\":" + number + '}'), 400);
        fixture.assertRefused(post("/create", "{\"name\":" + number + '}'), 400);
        fixture.assertRefused(post("/setEnabled/1", "{\"enabled\":" + number + '}'), 400);
      }
    });
  }

  static Stream<IOException> timeouts() {
    return Stream.of(
        new SocketTimeoutException("30 s"),
        new IOException(new TimeoutException("idle")),
        new IOException("read", new IOException(new SocketTimeoutException())));
  }

  @ParameterizedTest(name = "{index}") // F4
  @MethodSource("timeouts")
  void a_body_that_does_not_arrive_in_time_is_answered_408(IOException timeout) {
    FakeRequest request = post("/create", "").body(failing("{\"name\":\"x\"}", timeout));
    assertThat(text(fixture.assertRefused(request, 408)))
        .isEqualTo("{\"success\":false,\"msg\":\"the body did not arrive in time\"}");
  }

  @Test // F2: even if the bytes received so far are a complete object
  void a_truncated_body_is_answered_400() {
    for (Exception failure : List.of(
        new EOFException("/etc/passwd"),
        new IOException("reset"),
        new NullPointerException())) { // Undertow throws it for a closed connection
      FakeRequest request = post("/create", "").body(failing("{\"name\":\"x\"}", failure));
      assertThat(text(fixture.assertRefused(request, 400)))
          .isEqualTo("{\"success\":false,\"msg\":\"the body could not be read\"}");
    }
  }

  private static InputStream failing(String start, Exception failure) {
    return new FilterInputStream(new ByteArrayInputStream(start.getBytes(US_ASCII))) {
      @Override
      public int read(byte[] buffer, int offset, int length) throws IOException {
        int count = super.read(buffer, offset, length);
        if (count >= 0) {
          return count;
        }
        if (failure instanceof RuntimeException unchecked) {
          throw unchecked;
        }
        throw (IOException) failure;
      }
    };
  }

  private static String ofLength(String name, int length) {
    String json = "{\"name\":\"" + name + "\"}";
    return json + " ".repeat(length - json.length());
  }

  private static String members(int count) {
    return IntStream.range(0, count)
        .mapToObj(i -> "\"m" + i + "\":" + i)
        .collect(Collectors.joining(",", "{", "}"));
  }
}
