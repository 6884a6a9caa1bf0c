package io.counterfoil;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

class WorkbenchesTest {
  private final Workbenches benches = new Workbenches();

  @Test
  void threads_that_hash_at_once_do_not_get_into_each_others_way() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(64); // more than there are places
    List<Callable<Integer>> work = new ArrayList<>();
    for (int i = 0; i < 64; i++) {
      String text = "text of thread " + i;
      work.add(() -> wrongHashes(text));
    }
    for (Future<Integer> wrong : threads.invokeAll(work)) {
      assertThat(wrong.get()).isZero();
    }
    threads.shutdown();
  }

  private int wrongHashes(String text) throws Exception {
    byte[] right = MessageDigest.getInstance("SHA-256").digest(text.getBytes(US_ASCII));
    int wrong = 0;
    for (int i = 0; i < 5_000; i++) {
      try (Workbench bench = benches.take()) {
        bench.lay(text);
        wrong += bench.sha256().equals(TokenHash.of(Workbench.SHA256, right)) ? 0 : 1;
      }
    }
    return wrong;
  }

  @Test
  void a_workbench_is_used_again_and_has_nothing_on_it() {
    Workbench first = benches.take();
    first.lay("a plaintext");
    first.close();
    try (Workbench again = benches.take()) {
      assertThat(again).isSameAs(first);
      assertThat(again.length()).isZero();
      assertThat(again.text()).containsOnly(0);
    }
  }

  @Test
  void who_comes_while_all_are_taken_gets_one_all_the_same() {
    try (Workbench one = benches.take();
        Workbench other = benches.take()) {
      assertThat(other).isNotSameAs(one);
    }
  }

  @Test
  void two_that_are_needed_at_once_are_both_used_again() {
    Set<Workbench> seen = new HashSet<>();
    for (int round = 0; round < 2; round++) {
      try (Workbench one = benches.take();
          Workbench other = benches.take()) {
        seen.add(one);
        seen.add(other);
      }
    }
    assertThat(seen).hasSize(2);
  }

  @Test
  void those_that_are_never_closed_are_given_up_for_another() {
    benches.take();
    benches.take();
    Workbench third = benches.take();
    third.close();
    try (Workbench next = benches.take()) {
      assertThat(next).isSameAs(third);
    }
  }
}
