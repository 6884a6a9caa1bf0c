package io.counterfoil.benchmarks.speed;

import io.counterfoil.benchmarks.FilledTable.Probe;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.infra.ThreadParams;

/**
 * Several ways to do the same, which take turns, an iteration each: whatever else the machine does falls on all of them, and so
 * does what the database does now and then.
 */
@State(Scope.Benchmark)
public abstract class Turns {
  private final List<Way> ways = new ArrayList<>();
  private final List<Asked> asked = new ArrayList<>();
  private int iteration;

  /** A token to ask for, and its hash. */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  record Asked(Probe probe, byte[] hash) {
    long id() {
      return probe.id();
    }

    String plaintext() {
      return probe.plaintext();
    }
  }

  /** What is timed. */
  @FunctionalInterface
  interface Way {
    /** Returns the id of the token that was found. */
    long find(Asked token) throws SQLException;
  }

  /** Takes one more way, if it works. */
  final void add(Way way) throws SQLException {
    find(way, first());
    ways.add(way);
  }

  /** Takes the tokens to ask for. */
  final void ask(List<Probe> probes) {
    MessageDigest sha256 = sha256();
    for (Probe probe : probes) {
      byte[] hash = sha256.digest(probe.plaintext().getBytes(StandardCharsets.US_ASCII));
      asked.add(new Asked(probe, hash));
    }
  }

  /** The first of them. */
  final Asked first() {
    return asked.get(0);
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Passes the turn on. */
  @TearDown(Level.Iteration)
  public void passOn() {
    iteration++;
  }

  /** Finds the next token of a thread, in the way whose turn it is. */
  final long next(Place place) throws SQLException {
    place.next = (place.next + 1) % asked.size();
    return find(ways.get(iteration % ways.size()), asked.get(place.next));
  }

  /** A refusal, or the wrong row, would be measured by mistake. */
  private static long find(Way way, Asked token) throws SQLException {
    long id = way.find(token);
    if (id != token.id()) {
      throw new IllegalStateException("token " + id + " instead of " + token.id());
    }
    return id;
  }

  /** Ends what there is. */
  @TearDown(Level.Trial)
  public abstract void close() throws IOException;

  /** Where a thread is in the list of tokens. */
  @State(Scope.Thread)
  public static class Place {
    /** Far enough from each other that no two threads ask for the same. */
    private static final int APART = 1_009;

    private int next;

    /** Gives each thread its own. */
    @Setup
    public void spread(ThreadParams threads) {
      next = threads.getThreadIndex() * APART;
    }
  }
}
