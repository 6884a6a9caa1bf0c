package io.counterfoil.clusters.run;

import io.counterfoil.clusters.run.TrackedToken.Plaintext;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/** Reads all tokens on every application at the end of a run. So the checker sees whether a change was lost. */
final class FinalReads {
  /** The number of calls at the same time. */
  private static final int CALLS = 30;

  private static final int PLAINTEXTS = 3;

  private final Workload workload;

  private FinalReads(Workload workload) {
    this.workload = workload;
  }

  static void make(Workload workload, List<RestartableApplication> applications) {
    FinalReads reads = new FinalReads(workload);
    // A key whose outcome is unknown is used or not; after this, each key is used.
    workload.keys().forEach(key -> workload.createOnce(applications.get(0), key).join());
    applications.forEach(application -> workload.list(application).join());
    applications.forEach(reads::readAll);
  }

  private void readAll(RestartableApplication application) {
    List<Supplier<CompletableFuture<Answer>>> calls = new ArrayList<>();
    for (TrackedToken token : workload.all()) {
      if (token.id() != TrackedToken.UNKNOWN) {
        calls.add(() -> workload.read(application, token));
      }
      for (Plaintext plaintext : token.latest(PLAINTEXTS)) {
        calls.add(() -> workload.authenticate(application, token, plaintext));
      }
    }
    for (int i = 0; i < calls.size(); i += CALLS) {
      calls.subList(i, Math.min(i + CALLS, calls.size())).stream()
          .map(Supplier::get)
          .toList()
          .forEach(CompletableFuture::join);
    }
  }
}
