package io.counterfoil.tutorials;

import static org.assertj.core.api.Assertions.assertThat;

import io.counterfoil.tutorials.Step.OpenInBrowser;
import io.counterfoil.tutorials.Step.OpenSecondTerminal;
import io.counterfoil.tutorials.Step.Restart;
import io.counterfoil.tutorials.Step.RunCommands;
import io.counterfoil.tutorials.Step.RunInCheckout;
import io.counterfoil.tutorials.Step.WriteFile;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Does what a page says, in an empty folder. The commands in front of "In a second terminal" start the application. */
final class TutorialReader implements AutoCloseable {
  private final Path folder;
  private final Terminal first;
  private final Terminal second;

  TutorialReader(Path folder, Map<String, String> environment, String preparation)
      throws IOException {
    this.folder = folder;
    first = new Terminal(folder, environment, preparation);
    second = new Terminal(folder, environment, preparation);
  }

  void follow(List<Step> steps) throws IOException, InterruptedException {
    int start = steps.indexOf(new OpenSecondTerminal()) - 1;
    assertThat(start).as("step in front of \"In a second terminal\"").isNotNegative();
    assertThat(steps.get(start)).isInstanceOf(RunCommands.class);
    RunCommands application = (RunCommands) steps.get(start);
    for (Step step : steps.subList(0, start)) {
      take(step, first, application);
    }
    first.start(application.commands());
    first.awaitOutput(ExpectedOutput.pattern(application.output().orElseThrow()));
    for (Step step : steps.subList(start + 2, steps.size())) {
      take(step, second, application);
    }
  }

  private void take(Step step, Terminal terminal, RunCommands application)
      throws IOException, InterruptedException {
    if (step instanceof WriteFile file) {
      write(file);
    } else if (step instanceof RunCommands commands) {
      run(commands, terminal);
    } else if (step instanceof Restart) {
      first.interrupt();
      first.start(application.commands());
      first.awaitOutput(ExpectedOutput.lastLine(application.output().orElseThrow()));
    } else if (step instanceof OpenInBrowser page) {
      open(page.address());
    } else {
      assertThat(step).isInstanceOf(RunInCheckout.class); // this build is the checkout
    }
  }

  private void write(WriteFile file) throws IOException {
    Path path = folder.resolve(file.name());
    Files.createDirectories(path.getParent());
    assertThat(path).doesNotExist();
    Files.writeString(path, file.content());
  }

  private static void run(RunCommands commands, Terminal terminal)
      throws IOException, InterruptedException {
    String seen = ExpectedOutput.normalized(terminal.run(commands.commands()));
    commands
        .output()
        .ifPresent(shown -> assertThat(seen)
            .as("output of %s", commands.commands())
            .matches(ExpectedOutput.pattern(shown)));
  }

  private static void open(URI address) throws IOException, InterruptedException {
    HttpResponse<String> response = HttpClient.newHttpClient()
        .send(HttpRequest.newBuilder(address).build(), BodyHandlers.ofString());
    assertThat(response.statusCode()).as("status of %s", address).isEqualTo(200);
    assertThat(response.headers().firstValue("Content-Type").orElse("")).startsWith("text/html");
  }

  @Override
  public void close() {
    try (first;
        second) {
      // both, even if one fails
    }
  }
}
