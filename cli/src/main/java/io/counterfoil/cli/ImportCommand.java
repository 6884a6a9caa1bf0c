package io.counterfoil.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The parent of the commands that import tokens. */
@Command(
    name = "import",
    description = {
      "Imports tokens of another system, so that their plaintexts keep working.",
      "An import that was interrupted can be started again: no token is imported twice, and a",
      "token that was changed or deleted since then stays as it is."
    })
final class ImportCommand implements Callable<Integer> {
  @Option(names = "--help", usageHelp = true, description = "Print this text.")
  @SuppressWarnings("UnusedVariable") // picocli reads it
  private boolean help;

  @Override
  public Integer call() throws CliException {
    throw CliException.invalid("no system", "counterfoil import --help");
  }
}
