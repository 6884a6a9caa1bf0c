package io.counterfoil.clusters.checker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HistoryFileTest {
  @TempDir
  private Path folder;

  @Test
  void a_history_is_read_as_it_was_written() throws Exception {
    Row row = new Row(7, "team/ci job", true, "v1", "v1");
    History history = new History(
        List.of(
            call(Operation.create("t1", "t1/1", "team/ci job", "v1"), Result.done(row)),
            call(Operation.createOnce("-", "t2", "t2/1", "ä b%", "v2"), Result.NONE),
            call(
                Operation.authenticate("t1", "t1/1"),
                Result.accepted(new Row(7, "", false, "", "v1,v2"))),
            call(Operation.authenticate("t1", "t1/1"), Result.rejected("UNKNOWN")),
            call(Operation.list(), Result.done(List.of(row, row))),
            call(
                Operation.rotate("t1", "t1/2", Duration.ofSeconds(1)),
                Result.failed(new IllegalStateException("not shown"))),
            new Call("app 2", Operation.delete("t1"), 5, Call.NEVER, Result.LOST)),
        List.of(
            new FaultPeriod("node 1 killed", 3, Call.NEVER, Optional.empty()),
            new FaultPeriod("frozen", 3, 8, Optional.of("app 2"))),
        Map.of("app 2", Duration.ofMillis(500)));

    Path file = folder.resolve("new/a.history");
    HistoryFile.write(history, file);

    assertThat(HistoryFile.read(file)).isEqualTo(history);
    assertThat(Files.readString(file)).doesNotContain("not shown");
  }

  @Test
  void a_line_of_another_form_is_rejected() throws Exception {
    Path file = Files.writeString(folder.resolve("a.history"), "fault broken 1\n");

    assertThatThrownBy(() -> HistoryFile.read(file))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("too short: fault broken 1");
  }

  private static Call call(Operation operation, Result result) {
    return new Call("app-1", operation, 1, 4, result);
  }
}
