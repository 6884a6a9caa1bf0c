package io.counterfoil.cli;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options of every command. */
final class CommonOptions {
  @Option(
      names = "--config",
      paramLabel = "FILE",
      description = "The properties file; counterfoil.properties by default.")
  private String config = "counterfoil.properties";

  @Option(
      names = "--drivers",
      paramLabel = "FILE",
      description = "The jar of a JDBC driver, or a folder with jars.")
  private @Nullable String drivers;

  @Option(
      names = "--output",
      paramLabel = "FORM",
      description = "The form of the output: table (the default) or json.")
  private String output = "table";

  @Option(
      names = "--audit",
      paramLabel = "FILE",
      description = "Append audit events to this file; - for standard error.")
  private @Nullable String audit;

  Configuration configuration(Terminal terminal) throws CliException {
    return Configuration.read(path("--config", config), terminal);
  }

  Drivers drivers() throws CliException {
    return Drivers.of(Optional.ofNullable(drivers));
  }

  Output output() throws CliException {
    return Output.of(output);
  }

  Optional<AuditFile> audit(Terminal terminal) throws CliException {
    if (audit == null) {
      return Optional.empty();
    }
    return Optional.of(
        audit.equals("-") ? AuditFile.of(terminal.err()) : AuditFile.open(path("--audit", audit)));
  }

  static Path path(String option, String text) throws CliException {
    try {
      return Path.of(text);
    } catch (InvalidPathException e) {
      throw CliException.invalid(option + ": not a path", "the path of a file");
    }
  }
}
