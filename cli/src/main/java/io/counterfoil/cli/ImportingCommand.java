package io.counterfoil.cli;

import io.counterfoil.TokenManager;
import io.counterfoil.TokenStore;
import picocli.CommandLine.Option;

/** Imports the tokens of one kind of system. */
abstract class ImportingCommand extends TokenCommand {
  @Option(names = "--dry-run", description = "Print what would be done, and change nothing.")
  private boolean dryRun;

  ImportingCommand(Terminal terminal) {
    super(terminal);
  }

  /** Opens the other system. */
  abstract ForeignSource source(Session session) throws CliException;

  final int importAll(Session session) throws CliException {
    ForeignSource source = source(session);
    TokenStore store = dryRun ? new DryRunStore(session.store()) : session.store();
    if (dryRun) {
      terminal.err().println("counterfoil: dry run: nothing is changed");
    }
    TokenManager tokens = dryRun ? session.tokens(store, false) : session.tokens();
    Importer importer = new Importer(store, Session.changes(tokens), session.out);
    try (Progress progress = Progress.of(terminal, "tokens", true)) {
      return importer.importAll(source, progress) ? ExitCode.DONE : ExitCode.REFUSED;
    }
  }
}
