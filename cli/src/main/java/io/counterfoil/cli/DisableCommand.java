package io.counterfoil.cli;

import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Disables tokens. */
@Command(name = "disable", description = "Disables tokens: from now on, they are rejected.")
final class DisableCommand extends TokenCommand {
  private static final String EXPECTED = "ids, --owner or --all";

  @Parameters(paramLabel = "ID", arity = "0..*", description = "The ids of tokens.")
  private List<String> ids = List.of();

  @Option(names = "--owner", paramLabel = "OWNER", description = "Every token of this owner.")
  private @Nullable String owner;

  @Option(names = "--all", description = "Every token of every owner.")
  private boolean all;

  DisableCommand(Terminal terminal) {
    super(terminal);
  }

  @Override
  Work prepare() throws CliException {
    if (Stream.of(!ids.isEmpty(), owner != null, all).filter(given -> given).count() > 1) {
      throw CliException.invalid("several selections", EXPECTED);
    }
    if (owner != null) {
      String checked = Ids.requireOwner(owner);
      return session -> count(session, session.changes().disableOwnedBy(checked));
    } else if (all) {
      return session -> count(session, session.changes().disableAll());
    }
    List<Long> checked = Ids.of(ids);
    Ids.requireSome(checked, EXPECTED);
    return session ->
        Ids.change(checked, session, "disabled", id -> session.changes().disable(id));
  }

  private static int count(Session session, int count) {
    session.out.count("disabled", count);
    return ExitCode.DONE;
  }
}
