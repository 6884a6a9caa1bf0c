package io.counterfoil;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

class DigestPoolTest {
  private final DigestPool pool = new DigestPool();

  @Test
  void threads_that_hash_at_the_same_time_get_their_own_hashes() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(16);
    List<Callable<Integer>> work = new ArrayList<>();
    for (int i = 0; i < 16; i++) {
      byte[] text = ("text of thread " + i).getBytes(US_ASCII);
      work.add(() -> wrongHashes(text));
    }
    for (Future<Integer> wrong : threads.invokeAll(work)) {
      assertThat(wrong.get()).isZero();
    }
    threads.shutdown();
  }

  private int wrongHashes(byte[] text) throws Exception {
    byte[] right = MessageDigest.getInstance("SHA-256").digest(text);
    int wrong = 0;
    for (int i = 0; i < 5_000; i++) {
      wrong += MessageDigest.isEqual(right, pool.sha256(text)) ? 0 : 1;
    }
    return wrong;
  }

  @Test
  void a_text_that_was_hashed_before_does_not_change_the_next_hash() throws Exception {
    byte[] text = "abc".getBytes(US_ASCII);
    pool.sha256(new byte[100]);
    assertThat(pool.sha256(text)).isEqualTo(MessageDigest.getInstance("SHA-256").digest(text));
  }
}
