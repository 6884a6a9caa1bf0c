package io.counterfoil.cli;

import java.time.DateTimeException;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Imports the tokens of Laravel Sanctum. */
@Command(
    name = "sanctum",
    description = {
      "Imports the tokens of Laravel Sanctum. The id of the user becomes the owner.",
      "Clients then send the part of the plaintext after the character |, which Sanctum accepts, too."
    })
final class ImportSanctumCommand extends ImportingCommand {
  @Option(
      names = "--source",
      required = true,
      paramLabel = "FILE",
      description = "A properties file with spring.datasource.url, .username and .password of the"
          + " database of Laravel. It is only read.")
  private String source = "";

  @Option(
      names = "--tokenable-type",
      paramLabel = "TYPE",
      description = "The type whose tokens are imported, if there are several.")
  private @Nullable String type;

  @Option(
      names = "--time-zone",
      paramLabel = "ZONE",
      description = "The time zone of Laravel (app.timezone); UTC by default.")
  private String timeZone = "UTC";

  private ZoneId zone = ZoneOffset.UTC;

  ImportSanctumCommand(Terminal terminal) {
    super(terminal);
  }

  @Override
  Work prepare() throws CliException {
    try {
      zone = ZoneId.of(timeZone);
    } catch (DateTimeException e) {
      throw CliException.invalid("--time-zone: unknown", "a zone such as Europe/Berlin");
    }
    return this::importAll;
  }

  @Override
  ForeignSource source(Session session) throws CliException {
    DatabaseSettings laravel =
        Configuration.readDatabase(CommonOptions.path("--source", source), terminal);
    return consumer -> {
      try (var pool = session.open(laravel)) {
        new SanctumSource(pool, zone, type).read(consumer);
      }
    };
  }
}
