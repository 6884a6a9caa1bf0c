package io.counterfoil.cli;

import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Enables tokens. */
@Command(name = "enable", description = "Enables tokens. An idle token becomes valid again, too.")
final class EnableCommand extends TokenCommand {
  @Parameters(paramLabel = "ID", arity = "1..*", description = "The ids of tokens.")
  private List<String> ids = List.of();

  EnableCommand(Terminal terminal) {
    super(terminal);
  }

  @Override
  Work prepare() throws CliException {
    List<Long> checked = Ids.of(ids);
    return session ->
        Ids.change(checked, session, "enabled", id -> session.changes().enable(id));
  }
}
