package io.counterfoil.benchmarks;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class VolumeTest {
  private static final String DECIMAL = " +\\d+\\.\\d";

  @TempDir
  Path parent;

  @ParameterizedTest
  @EnumSource(Engine.class)
  void it_times_authentication_on_a_small_and_a_full_table(Engine engine) throws Exception {
    String printed = printed(engine);
    assertThat(printed)
        .containsPattern("(?m)^microseconds, one thread +60 tokens +600 tokens +ratio$");
    for (String call : List.of("known token", "unknown token", "bare SELECT by id")) {
      for (String figure : List.of("median", "median of the best round", "p90", "p99")) {
        assertThat(printed)
            .containsPattern("(?m)^" + call + ", " + figure + DECIMAL.repeat(3) + "\\d$");
      }
    }
  }

  @ParameterizedTest
  @EnumSource(Engine.class)
  void it_says_what_the_table_and_each_index_take(Engine engine) throws Exception {
    String printed = printed(engine);
    String total = " +[1-9][0-9,]+" + DECIMAL + '$';
    assertThat(printed)
        .containsPattern("(?m)^table" + total)
        .containsPattern("(?m)^index on hash" + total)
        .containsPattern("(?m)^index on previous_hash" + total)
        .containsPattern("(?m)^index on owner, name" + total)
        .containsPattern("(?m)^index on owner, id" + total)
        .containsPattern("(?m)^index on expires_at" + total)
        .containsPattern("(?m)^all" + total);
  }

  @ParameterizedTest
  @EnumSource(Engine.class)
  void the_hash_is_stored_as_32_bytes(Engine engine) throws Exception {
    assertThat(printed(engine))
        .containsPattern("(?m)^hash +(bytea|blob) +32 +32 +600$")
        .containsPattern("(?m)^previous_hash +(bytea|blob) +32 +32 +60$")
        .containsOnlyOnce("\nhash ")
        .containsOnlyOnce("\nprevious_hash ");
  }

  @ParameterizedTest
  @EnumSource(Engine.class)
  void it_lists_all_tokens_and_deletes_those_that_have_expired(Engine engine) throws Exception {
    assertThat(printed(engine))
        .containsPattern("(?m)^list\\(\\) +600 ")
        .containsPattern("(?m)^deleteExpired\\(\\) by 1,000 +60 ")
        .containsPattern("(?m)^list\\(\\) of the rest +540 ");
  }

  @Test
  void what_a_killed_run_left_is_not_in_the_way() throws Exception {
    Path folder = Files.createDirectory(parent.resolve("volume"));
    Files.writeString(folder.resolve("tokens.db"), "not a database");
    assertThat(printed(Engine.SQLITE)).contains("600 tokens");
  }

  /** Leaves no file behind, whoever calls it. */
  private String printed(Engine engine) throws Exception {
    Path folder = parent.resolve("volume");
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    VolumeOptions options = new VolumeOptions(600, List.of(engine), 2);
    Volume.run(options, folder, new PrintStream(out, true, UTF_8));
    assertThat(folder).doesNotExist();
    return out.toString(UTF_8);
  }
}
