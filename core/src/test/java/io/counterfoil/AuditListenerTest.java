package io.counterfoil;

import static org.assertj.core.api.Assertions.assertThat;

import io.counterfoil.testing.CapturedLog;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class AuditListenerTest {
  private static final long SECOND = 1_000_000_000;

  private final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - SECOND / 2); // it may overflow
  private final AuditListener audit = new AuditListener(nanos::get);

  @Test
  void at_most_ten_rejections_per_second_and_reason_are_written_and_the_rest_is_counted() {
    String log = CapturedLog.of(() -> {
      reject(25, Verdict.Rejected.UNKNOWN);
      reject(1, Verdict.Rejected.MALFORMED);
      nanos.addAndGet(SECOND - 1);
      reject(2, Verdict.Rejected.UNKNOWN);
      nanos.addAndGet(1);
      reject(2, Verdict.Rejected.UNKNOWN);
    });
    List<String> lines = log.lines().toList();
    assertThat(lines).hasSize(13);
    assertThat(lines.subList(0, 10))
        .allMatch(line -> line.endsWith("event=rejected reason=UNKNOWN"));
    assertThat(lines.get(10)).endsWith("event=rejected reason=MALFORMED");
    assertThat(lines.get(11)).endsWith("event=rejected reason=UNKNOWN omitted=17");
    assertThat(lines.get(12)).endsWith("event=rejected reason=UNKNOWN");
  }

  @Test
  void a_rejection_names_the_token_if_one_was_found() {
    String log = CapturedLog.of(
        () -> reject(1, new Verdict.Rejected(Verdict.Reason.DISABLED, OptionalLong.of(7))));
    assertThat(log).contains("event=rejected reason=DISABLED id=7");
  }

  @Test // L2
  void events_about_owners_and_uses_are_one_escaped_line_each() {
    String log = CapturedLog.of(() -> {
      audit.ownerDisabled("ann\nevent=created", 2);
      audit.ownerDeleted("ann\"", 3);
      audit.allDisabled(4);
      audit.expiredDeleted(5);
      audit.usesDropped(6);
    });
    assertThat(log.lines())
        .hasSize(5)
        .anyMatch(
            line -> line.endsWith("event=owner-disabled owner=\"ann\\u{a}event=created\" count=2"))
        .anyMatch(line -> line.endsWith("event=owner-deleted owner=\"ann\\\"\" count=3"))
        .anyMatch(line -> line.endsWith("event=all-disabled count=4"))
        .anyMatch(line -> line.endsWith("event=expired-deleted count=5"))
        .anyMatch(line -> line.endsWith("event=uses-dropped count=6"));
  }

  private void reject(int times, Verdict.Rejected verdict) {
    for (int i = 0; i < times; i++) {
      audit.rejected(verdict);
    }
  }
}
