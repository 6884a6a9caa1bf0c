package io.counterfoil.tutorials;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.Reader;
import java.io.Writer;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A shell that keeps its variables from one block of commands to the next. */
final class Terminal implements AutoCloseable {
  /** Long enough to download the dependencies of an application on a slow machine. */
  private static final long MINUTES = 5;

  private static final Pattern END = Pattern.compile("\n<end of the commands: (\\d+)>\n");

  private final Process bash;
  private final Writer input;
  private final Thread killer = new Thread(this::kill, "kill-terminal");

  /** What was printed since the last commands. Guarded by itself. */
  private final StringBuilder output = new StringBuilder();

  private boolean isAtEnd; // guarded by output

  /** @param preparation commands that no reader types, for example functions in place of programs */
  Terminal(Path folder, Map<String, String> environment, String preparation) throws IOException {
    ProcessBuilder builder = new ProcessBuilder("bash", "--noprofile", "--norc")
        .directory(folder.toFile())
        .redirectErrorStream(true);
    builder.environment().putAll(environment);
    bash = builder.start();
    Runtime.getRuntime().addShutdownHook(killer); // if somebody stops the build
    input = bash.outputWriter(UTF_8);
    input.write(preparation);
    Thread reader = new Thread(this::read, "read-terminal");
    reader.setDaemon(true);
    reader.start();
  }

  private void read() {
    char[] buffer = new char[8192];
    try (Reader printed = bash.inputReader(UTF_8)) {
      int count = printed.read(buffer);
      while (count >= 0) {
        synchronized (output) {
          output.append(buffer, 0, count);
          output.notifyAll();
        }
        count = printed.read(buffer);
      }
    } catch (IOException e) {
      // the shell was killed
    }
    synchronized (output) {
      isAtEnd = true;
      output.notifyAll();
    }
  }

  /** Starts commands, and does not wait for their end. They cannot read what is typed next. */
  void start(String commands) throws IOException {
    synchronized (output) {
      output.setLength(0);
    }
    input.write("{\n" + commands + "} < /dev/null\nprintf '\\n<end of the commands: %s>\\n' $?\n");
    input.flush();
  }

  /** Returns once the running commands have printed this. */
  void awaitOutput(Pattern expected) throws InterruptedException {
    String seen = await(expected);
    assertThat(ExpectedOutput.normalized(seen))
        .as("output before the commands ended, or within %s minutes", MINUTES)
        .containsPattern(expected);
  }

  /** Runs commands and returns their output. The last one must succeed. */
  String run(String commands) throws IOException, InterruptedException {
    start(commands);
    String seen = await(END);
    Matcher end = END.matcher(seen);
    assertThat(end.find())
        .as("end of %s within %s minutes: %s", commands, MINUTES, seen)
        .isTrue();
    assertThat(end.group(1)).as("status of %s%s", commands, seen).isEqualTo("0");
    return seen.substring(0, end.start());
  }

  /** Stops the running commands, and waits until they have ended. SIGTERM runs the same shutdown hooks as Ctrl+C. */
  void interrupt() throws InterruptedException {
    end(bash.descendants().toList(), ProcessHandle::destroy);
    await(END);
  }

  /** Waits until the output contains this, the commands end, or the time is over. */
  private String await(Pattern expected) throws InterruptedException {
    long deadline = System.nanoTime() + TimeUnit.MINUTES.toNanos(MINUTES);
    synchronized (output) {
      String seen = output.toString();
      while (!expected.matcher(ExpectedOutput.normalized(seen)).find() && !isOver(seen, deadline)) {
        TimeUnit.NANOSECONDS.timedWait(output, deadline - System.nanoTime());
        seen = output.toString();
      }
      return seen;
    }
  }

  private boolean isOver(String seen, long deadline) {
    return isAtEnd || END.matcher(seen).find() || System.nanoTime() >= deadline;
  }

  private static void end(List<ProcessHandle> processes, Consumer<ProcessHandle> signal) {
    processes.forEach(signal);
    processes.forEach(process -> process.onExit().orTimeout(1, TimeUnit.MINUTES).join());
  }

  private void kill() {
    Stream<ProcessHandle> all = Stream.concat(bash.descendants(), Stream.of(bash.toHandle()));
    end(all.toList(), ProcessHandle::destroyForcibly);
  }

  @Override
  public void close() {
    kill();
    Runtime.getRuntime().removeShutdownHook(killer);
  }
}
