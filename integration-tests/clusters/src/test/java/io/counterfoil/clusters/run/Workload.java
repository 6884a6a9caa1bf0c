package io.counterfoil.clusters.run;

import io.counterfoil.clusters.checker.Call;
import io.counterfoil.clusters.checker.Kind;
import io.counterfoil.clusters.checker.Operation;
import io.counterfoil.clusters.checker.Result;
import io.counterfoil.clusters.checker.Row;
import io.counterfoil.clusters.run.TrackedToken.Plaintext;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** The calls of a run and the tokens that they have created. Safe for use by many threads. */
final class Workload {
  private final Consumer<TrackedToken> afterChange;
  private final Queue<Call> calls = new ConcurrentLinkedQueue<>();
  private final Map<String, TrackedToken> tokensByFirstVersion = new ConcurrentHashMap<>();
  private final Map<String, TrackedToken> live = new ConcurrentHashMap<>();
  private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
  private final AtomicInteger keys = new AtomicInteger();
  private final AtomicInteger tokens = new AtomicInteger();
  private final AtomicInteger versions = new AtomicInteger();

  /** @param afterChange receives the token of each change that has returned, before any client knows */
  Workload(Consumer<TrackedToken> afterChange) {
    this.afterChange = afterChange;
  }

  /** Returns the calls that have ended so far. */
  List<Call> calls() {
    Throwable problem = failure.get();
    if (problem != null) {
      throw new IllegalStateException("a call was not recorded", problem);
    }
    return List.copyOf(calls);
  }

  /** Returns the tokens that were created and are not known to be deleted. */
  List<TrackedToken> live() {
    return new ArrayList<>(live.values());
  }

  /** Returns all tokens that have ever existed or may have existed. */
  List<TrackedToken> all() {
    return List.copyOf(tokensByFirstVersion.values());
  }

  /** Returns a new key, or now and then one that was used before. */
  String key(Random random) {
    int used = keys.get();
    boolean isNew = used == 0 || random.nextInt(4) > 0;
    return "k" + (isNew ? keys.incrementAndGet() : 1 + random.nextInt(used));
  }

  /** Returns all keys that were used. */
  List<String> keys() {
    return IntStream.rangeClosed(1, keys.get()).mapToObj(number -> "k" + number).toList();
  }

  /** Accepts a call whose result no client awaits. It is recorded like any other; {@link #calls} reports a failure to do so. */
  void doNotAwait(CompletableFuture<Answer> call) {
    CompletableFuture<Answer> unused = call.whenComplete((answer, problem) -> {
      if (problem != null) {
        failure.set(problem);
      }
    });
  }

  CompletableFuture<Answer> create(RestartableApplication application, String name) {
    TrackedToken token = newToken();
    Operation operation =
        Operation.create(token.label(), token.nextPlaintextLabel(), name, versionOf(token));
    return call(application, token, operation, "create " + name + ' ' + operation.version());
  }

  /** The name of the token follows from its key, so that it cannot be taken. */
  CompletableFuture<Answer> createOnce(RestartableApplication application, String key) {
    TrackedToken token = newToken();
    String name = "once-" + key;
    Operation operation = Operation.createOnce(
        key, token.label(), token.nextPlaintextLabel(), name, versionOf(token));
    return call(
        application,
        token,
        operation,
        "create-once " + key + ' ' + name + ' ' + operation.version());
  }

  CompletableFuture<Answer> authenticate(
      RestartableApplication application, TrackedToken token, Plaintext plaintext) {
    Operation operation = Operation.authenticate(token.label(), plaintext.label());
    return call(application, token, operation, "authenticate " + plaintext.text());
  }

  CompletableFuture<Answer> read(RestartableApplication application, TrackedToken token) {
    return call(application, token, Operation.read(token.label()), "read " + token.id());
  }

  CompletableFuture<Answer> disable(RestartableApplication application, TrackedToken token) {
    return call(application, token, Operation.disable(token.label()), "disable " + token.id());
  }

  CompletableFuture<Answer> enable(RestartableApplication application, TrackedToken token) {
    return call(application, token, Operation.enable(token.label()), "enable " + token.id());
  }

  CompletableFuture<Answer> delete(RestartableApplication application, TrackedToken token) {
    return call(application, token, Operation.delete(token.label()), "delete " + token.id());
  }

  CompletableFuture<Answer> update(RestartableApplication application, TrackedToken token) {
    Operation operation = Operation.update(token.label(), nextVersion());
    return call(application, token, operation, "update " + token.id() + ' ' + operation.version());
  }

  CompletableFuture<Answer> rotate(
      RestartableApplication application, TrackedToken token, Duration overlap) {
    Operation operation = Operation.rotate(token.label(), token.nextPlaintextLabel(), overlap);
    return call(application, token, operation, "rotate " + token.id() + ' ' + overlap);
  }

  CompletableFuture<Answer> list(RestartableApplication application) {
    Operation operation = Operation.list();
    return application.send("list").thenApply(answer -> {
      record(application, operation, answer).rows().forEach(this::identify);
      return answer;
    });
  }

  private CompletableFuture<Answer> call(
      RestartableApplication application, TrackedToken token, Operation operation, String command) {
    return application.send(command).thenApply(answer -> {
      Result result = record(application, operation, answer);
      answer.plaintext(operation).ifPresent(text -> token.add(operation.plaintext(), text));
      if (operation.kind().isCreation() && answer.isDone()) {
        result.rows().forEach(this::identify);
      }
      if (showsAbsence(operation.kind(), answer)) {
        token.markDeleted();
        live.remove(token.label());
      }
      if (operation.kind().isChange() && answer.isDone()) {
        afterChange.accept(token);
      }
      return answer;
    });
  }

  private Result record(RestartableApplication application, Operation operation, Answer answer) {
    Result result = answer.result(operation);
    calls.add(new Call(application.name(), operation, answer.begin(), answer.end(), result));
    return result;
  }

  /** A create call with an unknown outcome may have created a token, which then appears in a list. */
  private void identify(Row row) {
    TrackedToken token = tokensByFirstVersion.get(row.description());
    if (token != null && token.id() == TrackedToken.UNKNOWN) {
      token.identify(row.id());
      live.put(token.label(), token);
    }
  }

  private static boolean showsAbsence(Kind kind, Answer answer) {
    return switch (kind) {
      case DELETE -> answer.isDone() || answer.isNone();
      case READ, DISABLE, ENABLE, UPDATE, ROTATE -> answer.isNone();
      case CREATE, CREATE_ONCE, AUTHENTICATE, LIST -> false;
    };
  }

  private TrackedToken newToken() {
    return new TrackedToken("t" + tokens.incrementAndGet());
  }

  private String versionOf(TrackedToken token) {
    String version = nextVersion();
    tokensByFirstVersion.put(version, token);
    return version;
  }

  private String nextVersion() {
    return "v" + versions.incrementAndGet();
  }
}
