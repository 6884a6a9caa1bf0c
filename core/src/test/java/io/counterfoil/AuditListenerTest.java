package io.counterfoil;

import static org.assertj.core.api.Assertions.assertThat;

import io.counterfoil.testing.CapturedLog;
import java.net.InetAddress;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class AuditListenerTest {
  private static final long SECOND = 1_000_000_000;

  private static final Origin ANYBODY = new Origin(Actor.ANONYMOUS, Optional.empty());

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
        .allMatch(line -> line.endsWith("event=rejected reason=UNKNOWN actor=anonymous"));
    assertThat(lines.get(10)).endsWith("event=rejected reason=MALFORMED actor=anonymous");
    assertThat(lines.get(11)).endsWith("event=rejected reason=UNKNOWN actor=anonymous omitted=17");
    assertThat(lines.get(12)).endsWith("event=rejected reason=UNKNOWN actor=anonymous");
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
      audit.on(new TokenEvent.OwnerDisabled(Origin.SYSTEM, "ann\nevent=created", 2));
      audit.on(new TokenEvent.OwnerDeleted(Origin.SYSTEM, "ann\"", 3));
      audit.on(new TokenEvent.AllDisabled(Origin.SYSTEM, 4));
      audit.on(new TokenEvent.ExpiredDeleted(Origin.SYSTEM, 5));
      audit.on(new TokenEvent.UsesDropped(6));
    });
    assertThat(log.lines())
        .hasSize(5)
        .anyMatch(line -> line.endsWith(
            "event=owner-disabled owner=\"ann\\u{a}event=created\" count=2 actor=system"))
        .anyMatch(
            line -> line.endsWith("event=owner-deleted owner=\"ann\\\"\" count=3 actor=system"))
        .anyMatch(line -> line.endsWith("event=all-disabled count=4 actor=system"))
        .anyMatch(line -> line.endsWith("event=expired-deleted count=5 actor=system"))
        .anyMatch(line -> line.endsWith("event=uses-dropped count=6 actor=system"));
  }

  @Test
  void questions_for_plaintexts_that_no_token_has_are_limited_and_others_are_not() {
    String log = CapturedLog.of(() -> {
      for (int i = 0; i < 25; i++) {
        audit.on(new TokenEvent.Identified(ANYBODY, Optional.empty()));
        audit.on(new TokenEvent.Identified(ANYBODY, Optional.of(token("ci"))));
      }
    });
    assertThat(log.lines()).filteredOn(line -> line.contains("found=none")).hasSize(10);
    assertThat(log.lines()).filteredOn(line -> line.contains("id=1")).hasSize(25);
  }

  @Test
  void accepted_previous_plaintexts_and_failures_of_the_store_are_limited_like_rejections() {
    Verdict.Accepted previous =
        new Verdict.Accepted(token("ci"), true, Optional.empty(), List.of());
    TokenStoreException failure = new TokenStoreException("no connection\nevent=created");
    String log = CapturedLog.of(() -> {
      for (int i = 0; i < 25; i++) {
        audit.on(new TokenEvent.Accepted(ANYBODY, previous));
        audit.on(new TokenEvent.StoreFailed(ANYBODY, failure));
      }
    });
    assertThat(log.lines())
        .hasSize(20)
        .filteredOn(line -> line.endsWith(
            "event=store-failed failure=\"no connection\\u{a}event=created\" actor=anonymous"))
        .hasSize(10);
    assertThat(log).contains("event=previous-accepted id=1 owner=\"\" name=\"ci\"");
  }

  @Test // L2: user names are untrusted
  void a_line_names_the_actor_and_the_address() throws Exception {
    InetAddress address = InetAddress.getByName("2001:db8::7");
    Origin origin = new Origin(Actor.user("ann\nevent=created"), Optional.of(address));
    String log = CapturedLog.of(() -> {
      audit.on(new TokenEvent.Deleted(origin, token("ci")));
      audit.on(
          new TokenEvent.Created(new Origin(Actor.token(7), Optional.of(address)), token("x")));
    });
    assertThat(log.lines())
        .hasSize(2)
        .anyMatch(line -> line.endsWith("event=deleted id=1 owner=\"\" name=\"ci\""
            + " actor=\"user:ann\\u{a}event=created\" address=2001:db8:0:0:0:0:0:7"))
        .anyMatch(line -> line.endsWith("name=\"x\" actor=token:7 address=2001:db8:0:0:0:0:0:7"));
  }

  private static Token token(String name) {
    MapStore store = new MapStore();
    try (TokenManager tokens = TokenManager.builder(store).build()) {
      return tokens.create(NewToken.named(name)).token();
    }
  }

  private void reject(int times, Verdict.Rejected verdict) {
    for (int i = 0; i < times; i++) {
      audit.on(new TokenEvent.Rejected(ANYBODY, verdict));
    }
  }
}
