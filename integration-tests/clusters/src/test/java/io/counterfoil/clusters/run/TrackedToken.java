package io.counterfoil.clusters.run;

import java.util.List;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/** A token that may exist, with all its plaintexts that are known. Safe for use by many threads. */
final class TrackedToken {
  static final long UNKNOWN = 0;

  private final String label;
  private final AtomicInteger labels = new AtomicInteger();
  private final List<Plaintext> plaintexts = new CopyOnWriteArrayList<>();
  private volatile long id = UNKNOWN;
  private volatile boolean isDeleted;

  /**
   * A plaintext and its label. Contains a secret, so it is not printed.
   *
   * @param label its label in the history
   */
  record Plaintext(String label, String text) {
    @Override
    public String toString() {
      return label;
    }
  }

  TrackedToken(String label) {
    this.label = label;
  }

  String label() {
    return label;
  }

  /** Returns the id; {@link #UNKNOWN} until a call has shown it. */
  long id() {
    return id;
  }

  void identify(long newId) {
    id = newId;
  }

  /** Returns whether a call has shown that it does not exist any more. */
  boolean isDeleted() {
    return isDeleted;
  }

  void markDeleted() {
    isDeleted = true;
  }

  /** Returns a new label for a plaintext. */
  String nextPlaintextLabel() {
    return label + '/' + labels.incrementAndGet();
  }

  void add(String plaintextLabel, String text) {
    plaintexts.add(new Plaintext(plaintextLabel, text));
  }

  List<Plaintext> plaintexts() {
    return plaintexts;
  }

  /** Returns the plaintexts that were added last, the latest one at the end. */
  List<Plaintext> latest(int number) {
    List<Plaintext> all = List.copyOf(plaintexts);
    return all.subList(Math.max(0, all.size() - number), all.size());
  }

  /** Returns the latest plaintext in most cases, or an older one. */
  Plaintext any(Random random) {
    List<Plaintext> all = List.copyOf(plaintexts);
    int age = random.nextInt(4) == 0 ? random.nextInt(all.size()) : 0;
    return all.get(all.size() - 1 - age);
  }
}
