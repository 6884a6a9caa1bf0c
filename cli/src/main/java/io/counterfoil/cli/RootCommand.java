package io.counterfoil.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Option;

/** The tool without a command. */
@Command(
    name = "counterfoil",
    description = "Manages the API tokens of an application in its database.",
    versionProvider = RootCommand.Version.class,
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:Everything was done.",
      "1:Something was refused or not found.",
      "2:An argument or a property is invalid. Nothing was changed.",
      "3:The database, a file or standard output failed."
    })
final class RootCommand implements Callable<Integer> {
  @Option(names = "--help", usageHelp = true, description = "Print this text.")
  @SuppressWarnings("UnusedVariable") // picocli reads it
  private boolean help;

  @Option(names = "--version", versionHelp = true, description = "Print the version.")
  @SuppressWarnings("UnusedVariable") // picocli reads it
  private boolean version;

  @Override
  public Integer call() throws CliException {
    throw CliException.invalid("no command", "counterfoil --help");
  }

  /** The version in the manifest of the jar. */
  static final class Version implements IVersionProvider {
    @Override
    public String[] getVersion() {
      String version = Version.class.getPackage().getImplementationVersion();
      return new String[] {"counterfoil " + (version == null ? "(not packaged)" : version)};
    }
  }
}
