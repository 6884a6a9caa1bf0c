package io.counterfoil.cli;

import io.counterfoil.CreatedToken;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Gives a token a new plaintext. */
@Command(
    name = "rotate",
    description = "Gives a token a new plaintext, which is the only text on standard output.")
final class RotateCommand extends TokenCommand {
  @Parameters(paramLabel = "ID", description = "The id of the token.")
  private String id = "";

  @Option(
      names = "--overlap",
      required = true,
      paramLabel = "TIME",
      description = "How long the old plaintext stays valid, such as 24h; 0s after a leak.")
  private String overlap = "";

  RotateCommand(Terminal terminal) {
    super(terminal);
  }

  @Override
  Work prepare() throws CliException {
    long checked = Ids.of(List.of(id)).get(0);
    Duration time = Durations.duration("--overlap", overlap);
    if (time.isNegative()) {
      throw CliException.invalid("--overlap: negative", "0s or more");
    }
    return session -> {
      Optional<CreatedToken> rotated = session.changes().rotate(checked, time);
      if (rotated.isEmpty()) {
        session.err.outcome("not found", checked);
        return ExitCode.REFUSED;
      }
      Plaintexts.print(rotated.get(), session);
      return ExitCode.DONE;
    };
  }
}
