package io.counterfoil.examples.panel;

import static io.counterfoil.examples.panel.PanelProcess.API;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The panel is killed while it changes tokens. */
@Tag("slow")
class CrashIT {
  private static final int CREATES = 100;

  /** A complete row in the list. */
  private static final Pattern COMPLETE = Pattern.compile(
      "\\{\"id\":[0-9]+,\"name\":\"(?:bootstrap|t[0-9]+)\",\"enabled\":(?:true|false),\"createdAt\":[0-9]{10}"
          + "(?:,\"scopes\":\\[\"\\*\"])?}"); // those of the first token

  @TempDir
  Path folder;

  @ParameterizedTest // H1, H2
  @EnumSource(TestDatabase.class)
  void what_was_acknowledged_before_kill_9_is_in_force_after_it_and_no_row_is_half_written(
      TestDatabase database) throws Exception {
    String option = database.newDatabaseOption();
    PanelProcess doomed = PanelProcess.start(folder, option);
    String first = doomed.firstToken();
    Acknowledged acknowledged = new Acknowledged();
    Thread changer = new Thread(() -> change(doomed, acknowledged));
    changer.start();
    assertThat(acknowledged.half.await(60, TimeUnit.SECONDS)).isTrue();
    doomed.kill();
    changer.join();
    assertThat(acknowledged.creates.get()).as("the kill came in the middle").isLessThan(CREATES);
    try (PanelProcess panel = PanelProcess.start(folder, option)) {
      assertThat(panel.hasFirstToken()).isFalse();
      for (String plaintext : acknowledged.valid) {
        assertThat(panel.status(plaintext)).isEqualTo(200);
      }
      for (String plaintext : acknowledged.revoked) {
        assertThat(panel.status(plaintext)).isEqualTo(401);
      }
      String list = panel.get(API, first).body();
      int rows = list.split("\"id\":", -1).length - 1;
      assertThat(COMPLETE.matcher(list).results()).hasSize(rows);
    }
  }

  /** The changes that the panel has acknowledged. */
  private static final class Acknowledged {
    final Set<String> valid = ConcurrentHashMap.newKeySet();
    final Set<String> revoked = ConcurrentHashMap.newKeySet();
    final AtomicInteger creates = new AtomicInteger();
    final CountDownLatch half = new CountDownLatch(CREATES / 2);
  }

  /** Creates tokens, disables every third one and deletes every fourth one, until the panel is killed. */
  private static void change(PanelProcess panel, Acknowledged acknowledged) {
    String first = panel.firstToken();
    try {
      for (int i = 0; i < CREATES; i++) {
        var created = panel.post(API + "/create", first, "{\"name\":\"t" + i + "\"}");
        String plaintext = Responses.plaintext(created);
        acknowledged.creates.incrementAndGet();
        if (i % 3 == 0) { // until the response arrives, the state is unknown
          panel.post(API + "/setEnabled/" + Responses.id(created), first, "{\"enabled\":false}");
          acknowledged.revoked.add(plaintext);
        } else if (i % 4 == 0) {
          panel.post(API + "/delete/" + Responses.id(created), first, "");
          acknowledged.revoked.add(plaintext);
        } else {
          acknowledged.valid.add(plaintext);
        }
        acknowledged.half.countDown();
      }
    } catch (IOException killed) {
      // expected
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }
}
