package io.counterfoil.clusters.run;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.counterfoil.clusters.checker.Call;
import io.counterfoil.clusters.checker.Outcome;
import io.counterfoil.clusters.servers.Network;
import io.counterfoil.clusters.servers.Programs;
import io.counterfoil.clusters.servers.Requirement;
import io.counterfoil.clusters.servers.RequiresPrograms;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@RequiresPrograms(Requirement.SERVERS)
class ApplicationProcessTest {
  /** No server has this port. */
  private static final ApplicationSettings WITHOUT_DATABASE =
      new ApplicationSettings("jdbc:postgresql://127.0.0.1:1/none", Duration.ZERO, Defect.NONE);

  @TempDir
  private Path folder;

  @Test
  void the_calls_of_a_killed_application_are_lost() throws Exception {
    try (ApplicationProcess application =
        ApplicationProcess.start(Network.loopback(), WITHOUT_DATABASE, folder.resolve("log"))) {
      long before = System.nanoTime();
      CompletableFuture<Answer> waiting = application.send("list");
      application.kill();
      CompletableFuture<Answer> late = application.send("list");

      for (CompletableFuture<Answer> call : List.of(waiting, late)) {
        Answer answer = call.get(10, TimeUnit.SECONDS);
        assertThat(answer.outcome()).isEqualTo(Outcome.LOST);
        assertThat(answer.begin()).isGreaterThanOrEqualTo(before);
        assertThat(answer.end()).isEqualTo(Call.NEVER);
      }
      assertThat(application.waiting()).isZero();
    }
  }

  @Test
  void a_frozen_application_ends_with_the_jvm_that_started_it() throws Exception {
    List<String> command = Programs.java(Parent.class);
    command.add(folder.toString());
    Process parent = new ProcessBuilder(command)
        .redirectError(ProcessBuilder.Redirect.INHERIT)
        .start();
    long pid = Long.parseLong(parent.inputReader(UTF_8).readLine());
    ProcessHandle application = ProcessHandle.of(pid).orElseThrow();

    parent.destroyForcibly();

    application.onExit().get(10, TimeUnit.SECONDS);
  }

  /** A process that starts an application, freezes it, and waits. */
  static final class Parent {
    public static void main(String[] arguments) throws Exception {
      Path folder = Path.of(arguments[0]);
      RestartableApplication application = RestartableApplication.start(
          "application", Network.loopback(), WITHOUT_DATABASE, folder.resolve("log"));
      ApplicationFaults.freeze(application).begin();
      System.out.println(application.process().pid());
      System.out.flush();
      Thread.currentThread().join();
    }
  }
}
