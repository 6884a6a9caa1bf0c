package io.counterfoil.examples.panel;

import static io.counterfoil.examples.panel.PanelProcess.API;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What is left of tokens when the panel is killed while it creates them. */
class CrashIT {
  private static final int CREATES = 100;

  /** A whole row, as the list shows it: nothing missing, nothing more. */
  private static final Pattern WHOLE = Pattern.compile(
      "\\{\"id\":[0-9]+,\"name\":\"(?:bootstrap|t[0-9]+)\",\"enabled\":true,\"createdAt\":[0-9]{10}}");

  @TempDir
  Path folder;

  @ParameterizedTest // H1, H2
  @EnumSource(Databases.class)
  void what_was_acknowledged_before_kill_9_works_after_it_and_no_row_is_half_written(
      Databases database) throws Exception {
    String option = database.freshOption();
    List<String> acknowledged = new CopyOnWriteArrayList<>();
    CountDownLatch half = new CountDownLatch(CREATES / 2);
    PanelProcess doomed = PanelProcess.start(folder, option);
    String first = doomed.firstToken();
    Thread creator = new Thread(() -> create(doomed, acknowledged, half));
    creator.start();
    assertThat(half.await(60, TimeUnit.SECONDS)).isTrue();
    doomed.kill();
    creator.join();
    assertThat(acknowledged).as("the kill came in the middle").hasSizeLessThan(CREATES);
    try (PanelProcess panel = PanelProcess.start(folder, option)) {
      assertThat(panel.hasFirstToken()).isFalse();
      for (String plaintext : acknowledged) {
        assertThat(panel.status(plaintext)).isEqualTo(200);
      }
      String list = panel.get(API, first).body();
      int rows = list.split("\"id\":", -1).length - 1;
      assertThat(WHOLE.matcher(list).results()).hasSize(rows);
      // Besides the first: what was acknowledged, and perhaps the one whose answer was cut off.
      assertThat(rows - 1).isBetween(acknowledged.size(), acknowledged.size() + 1);
    }
  }

  private static void create(PanelProcess panel, List<String> acknowledged, CountDownLatch half) {
    try {
      for (int i = 0; i < CREATES; i++) {
        acknowledged.add(Answer.plaintext(
            panel.post(API + "/create", panel.firstToken(), "{\"name\":\"t" + i + "\"}")));
        half.countDown();
      }
    } catch (IOException killed) {
      // which is what this is about
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }
}
