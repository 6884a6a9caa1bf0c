package io.counterfoil.cli;

import io.counterfoil.NewToken;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Imports the tokens of a 3x-ui panel. */
@Command(name = "3x-ui", description = "Imports the tokens of a 3x-ui panel.")
final class Import3xUiCommand extends ImportingCommand {
  @Parameters(
      paramLabel = "FILE",
      description = "The database of 3x-ui, such as /etc/x-ui/x-ui.db. It is only read.")
  private String file = "";

  @Option(
      names = "--owner",
      paramLabel = "OWNER",
      description = "The owner of the imported tokens; none by default.")
  private String owner = "";

  Import3xUiCommand(Terminal terminal) {
    super(terminal);
  }

  @Override
  Work prepare() throws CliException {
    check("--owner", () -> NewToken.named("any").owner(owner));
    return this::importAll;
  }

  @Override
  ForeignSource source(Session session) throws CliException {
    Path path = CommonOptions.path("FILE", file);
    XuiSource.requireOther(path, session.database().url());
    List<XuiRow> rows = XuiSource.rows(path);
    return consumer -> {
      for (XuiRow row : rows) {
        consumer.accept(row.of(owner));
      }
    };
  }
}
