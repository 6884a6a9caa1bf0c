package io.counterfoil.http;

import static io.counterfoil.http.ApiFixture.text;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.counterfoil.NewToken;
import java.io.ByteArrayInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** Strangers send large reports at the same time, or slowly. */
class SecretScanningLoadTest {
  private static final String LARGE = '[' + " ".repeat(100_000) + ']';

  private final ApiFixture fixture = new ApiFixture();
  private final FakeScanner scanner = new FakeScanner();
  private final AtomicLong nanos = new AtomicLong();
  private final SecretScanningHandler reports =
      SecretScanningHandler.of(fixture.tokens, scanner::find, leak -> {}, nanos::get);

  /** A body that runs an action when its second half is read, and counts its bytes. */
  private static final class Body extends FilterInputStream {
    private final Action action;
    private int count;
    private boolean hasRun;

    interface Action {
      void run() throws IOException;
    }

    Body(String text, Action action) {
      super(new ByteArrayInputStream(text.getBytes(UTF_8)));
      this.action = action;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
      if (count > 50_000 && !hasRun) {
        hasRun = true;
        action.run();
      }
      int read = super.read(target, offset, Math.min(length, 1000));
      count += Math.max(read, 0);
      return read;
    }
  }

  private ApiResponse send(Body body) {
    return reports.handle(scanner.report(LARGE).body(body));
  }

  /** Runs an action while this number of large reports are half read. */
  private void during(int largeReports, Runnable action) {
    if (largeReports == 0) {
      action.run();
      return;
    }
    Body body = new Body(LARGE, () -> during(largeReports - 1, action));
    assertThat(send(body).status()).isEqualTo(200);
  }

  @Test // K6
  void at_most_16_large_reports_are_in_memory_at_the_same_time() {
    Body last = new Body(LARGE, () -> {});
    during(15, () -> assertThat(send(new Body(LARGE, () -> {})).status()).isEqualTo(200));
    during(16, () -> {
      ApiResponse response = send(last);
      assertThat(response.status()).isEqualTo(503);
      assertThat(response.headers()).containsEntry("Retry-After", List.of("5"));
      assertThat(text(response)).contains("too many large reports arrive at the same time");
    });
    assertThat(last.count).isEqualTo(16 * 1024 + 1);
  }

  @Test // K6: slow clients that occupy all places do not keep ordinary reports out
  void a_report_of_16_kib_needs_no_place() {
    String plaintext = fixture.tokens.create(NewToken.named("ci")).reveal();
    String report = '[' + FakeScanner.found(plaintext) + ']';
    String small = report + " ".repeat(16 * 1024 - report.length());
    during(
        16,
        () -> assertThat(text(reports.handle(scanner.report(small)))).contains("true_positive"));
    assertThat(fixture.tokens.find(2).orElseThrow().enabled()).isFalse();
  }

  @Test // K6, F4
  void a_large_report_loses_its_place_after_30_seconds() {
    long second = 1_000_000_000L;
    assertThat(send(new Body(LARGE, () -> nanos.addAndGet(30 * second))).status())
        .isEqualTo(200);
    for (int i = 0; i < 17; i++) {
      Body slow = new Body(LARGE, () -> nanos.addAndGet(30 * second + 1));
      assertThat(send(slow).status()).isEqualTo(408);
      assertThat(slow.count).isLessThan(LARGE.length());
    }
    assertThat(send(new Body(LARGE, () -> {})).status()).isEqualTo(200);
  }

  @Test // K6
  void a_report_that_fails_gives_its_place_back() {
    for (int i = 0; i < 17; i++) {
      Body broken = new Body(LARGE, () -> {
        throw new IOException("reset");
      });
      assertThat(send(broken).status()).isEqualTo(400);
      assertThat(send(new Body(LARGE + ' ', () -> {})).status()).isEqualTo(403);
      assertThat(send(new Body(LARGE.repeat(11), () -> {})).status()).isEqualTo(413);
    }
    assertThat(send(new Body(LARGE, () -> {})).status()).isEqualTo(200);
  }
}
