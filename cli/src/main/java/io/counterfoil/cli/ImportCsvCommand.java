package io.counterfoil.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Imports hashes from a CSV file. */
@Command(
    name = "csv",
    description = {
      "Imports the hashes of a CSV file in UTF-8. Its first line names the columns: name and sha256,",
      "and any of owner, description, scopes, allowed_addresses (with blanks between them), enabled,",
      "created_at and expires_at."
    })
final class ImportCsvCommand extends ImportingCommand {
  @Parameters(paramLabel = "FILE", description = "The CSV file.")
  private String file = "";

  ImportCsvCommand(Terminal terminal) {
    super(terminal);
  }

  @Override
  Work prepare() {
    return this::importAll;
  }

  @Override
  ForeignSource source(Session session) throws CliException {
    return new CsvSource(CommonOptions.path("FILE", file));
  }
}
