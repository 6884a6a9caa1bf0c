package io.counterfoil.clusters.run;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The faults of applications. */
final class ApplicationFaults {
  static final String KILL = "kill -9 of an application";
  static final String FREEZE = "freeze of an application";

  private ApplicationFaults() {}

  static List<Fault> of(List<RestartableApplication> applications) {
    return applications.stream()
        .flatMap(each -> Stream.of(new Kill(each), freeze(each)))
        .toList();
  }

  static Fault freeze(RestartableApplication application) {
    return new Freeze(application);
  }

  private record Kill(RestartableApplication target) implements Fault {
    @Override
    public String name() {
      return KILL;
    }

    @Override
    public Optional<String> application() {
      return Optional.of(target.name());
    }

    @Override
    public void begin() throws InterruptedException {
      target.kill();
    }

    @Override
    public void end() throws Exception {
      target.restart();
    }
  }

  private static final class Freeze implements Fault {
    /** Continues the application even if the JVM of the test is killed, because its standard input ends then. */
    private static final String SCRIPT =
        "kill -s STOP $1 && echo frozen; read line; kill -s CONT $1";

    private final RestartableApplication target;
    private @Nullable Process shell;

    Freeze(RestartableApplication target) {
      this.target = target;
    }

    @Override
    public String name() {
      return FREEZE;
    }

    @Override
    public Optional<String> application() {
      return Optional.of(target.name());
    }

    @Override
    public void begin() throws IOException {
      String pid = String.valueOf(target.process().pid());
      Process started = new ProcessBuilder("sh", "-c", SCRIPT, "freeze", pid)
          .redirectError(ProcessBuilder.Redirect.INHERIT)
          .start();
      shell = started;
      if (!"frozen".equals(started.inputReader(UTF_8).readLine())) {
        throw new IOException("kill -s STOP failed");
      }
    }

    @Override
    public void end() throws IOException, InterruptedException {
      Process running = shell;
      if (running != null) {
        running.getOutputStream().close();
        running.waitFor();
      }
    }
  }
}
