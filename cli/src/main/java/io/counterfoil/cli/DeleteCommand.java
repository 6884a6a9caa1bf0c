package io.counterfoil.cli;

import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Deletes tokens. */
@Command(name = "delete", description = "Deletes tokens permanently.")
final class DeleteCommand extends TokenCommand {
  private static final String EXPECTED = "ids, or --owner";

  @Parameters(paramLabel = "ID", arity = "0..*", description = "The ids of tokens.")
  private List<String> ids = List.of();

  @Option(names = "--owner", paramLabel = "OWNER", description = "Every token of this owner.")
  private @Nullable String owner;

  DeleteCommand(Terminal terminal) {
    super(terminal);
  }

  @Override
  Work prepare() throws CliException {
    List<Long> checked = Ids.of(ids);
    if (owner == null) {
      Ids.requireSome(checked, EXPECTED);
      return session ->
          Ids.change(checked, session, "deleted", id -> session.changes().delete(id));
    }
    if (!ids.isEmpty()) {
      throw CliException.invalid("several selections", EXPECTED);
    }
    String required = Ids.requireOwner(owner);
    return session -> {
      session.out.count("deleted", session.changes().deleteOwnedBy(required));
      return ExitCode.DONE;
    };
  }
}
