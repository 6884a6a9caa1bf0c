package io.counterfoil.clusters.run;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.counterfoil.clusters.servers.Host;
import io.counterfoil.clusters.servers.Programs;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** A running {@link Application}. Safe for use by many threads. */
final class ApplicationProcess implements AutoCloseable {
  private final Process process;
  private final Writer commands;
  private final AtomicLong numbers = new AtomicLong();
  private final Map<Long, Call> calls = new ConcurrentHashMap<>();
  private final CompletableFuture<Void> ready = new CompletableFuture<>();
  private volatile boolean isEnded;

  private record Call(long sent, CompletableFuture<Answer> answer) {}

  private ApplicationProcess(Process process) {
    this.process = process;
    this.commands = process.outputWriter(UTF_8);
    Thread reader = new Thread(this::readAnswers, "reads answers of an application");
    reader.setDaemon(true);
    reader.start();
  }

  /** Starts an application on a host. Its standard error is appended to the log. */
  static ApplicationProcess start(Host host, ApplicationSettings settings, Path log)
      throws IOException {
    List<String> command = Programs.java(
        Application.class,
        "-Xmx96m",
        "-XX:+UseSerialGC", // there are several on a small machine
        "-XX:TieredStopAtLevel=1",
        "-Dorg.slf4j.simpleLogger.defaultLogLevel=warn",
        // It logs each broken connection at length, and tests break many.
        "-Dorg.slf4j.simpleLogger.log.com.zaxxer.hikari=error",
        "-Dorg.slf4j.simpleLogger.showDateTime=true");
    command.addAll(settings.arguments());
    return new ApplicationProcess(new ProcessBuilder(host.command(command))
        .redirectError(ProcessBuilder.Redirect.appendTo(log.toFile()))
        .start());
  }

  void awaitReady(int seconds) throws Exception {
    ready.get(seconds, TimeUnit.SECONDS);
  }

  boolean isReady() {
    return ready.isDone() && !ready.isCompletedExceptionally() && !isEnded;
  }

  boolean hasEnded() {
    return isEnded;
  }

  long pid() {
    return process.pid();
  }

  /** Returns the number of commands without an answer. */
  int waiting() {
    return calls.size();
  }

  /** Sends a command. The result completes when its answer arrives or the process ends, and never exceptionally. */
  CompletableFuture<Answer> send(String command) {
    long number = numbers.incrementAndGet();
    Call call = new Call(System.nanoTime(), new CompletableFuture<>());
    calls.put(number, call);
    try {
      synchronized (commands) {
        commands.append(number + " " + command + '\n').flush();
      }
    } catch (IOException ended) {
      lose(number);
    }
    if (isEnded) {
      lose(number); // the reader may have ended before the call was added
    }
    return call.answer;
  }

  private void readAnswers() {
    try (BufferedReader answers = process.inputReader(UTF_8)) {
      answers.lines().forEach(this::read);
    } catch (UncheckedIOException | IOException ended) {
      // treated like the end of the output
    } finally {
      isEnded = true;
      ready.completeExceptionally(new IOException("the application has ended"));
      calls.keySet().forEach(this::lose);
    }
  }

  private void read(String line) {
    if (line.equals(Application.READY)) {
      ready.complete(null);
      return;
    }
    List<String> words = List.of(line.split(" ", -1));
    if (!words.get(words.size() - 1).equals(Command.END)) {
      return; // the process was killed meanwhile
    }
    Call call = calls.remove(Long.valueOf(words.get(0)));
    if (call != null) {
      call.answer.complete(Answer.parse(words.subList(1, words.size() - 1)));
    }
  }

  private void lose(long number) {
    Call call = calls.remove(number);
    if (call != null) {
      call.answer.complete(Answer.lost(call.sent));
    }
  }

  /** Ends the process with SIGKILL. Answers that it has written are still read. */
  void kill() throws InterruptedException {
    // Process.destroyForcibly would close the pipe, and lose the rest of the output.
    process.toHandle().destroyForcibly();
    if (!process.waitFor(30, TimeUnit.SECONDS)) {
      throw new AssertionError("the application survived SIGKILL");
    }
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
