package io.counterfoil.cli;

import io.counterfoil.TokenChanges;
import io.counterfoil.TokenQuery;
import java.time.Duration;
import java.time.Instant;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Deletes tokens that have expired. */
@Command(name = "prune", description = "Deletes tokens that expired some time ago.")
final class PruneCommand extends TokenCommand {
  /** A larger number makes requests wait longer for the database. */
  private static final int BATCH = 500;

  @Option(
      names = "--expired-for",
      paramLabel = "TIME",
      description = "How long ago they expired; 30d by default, 0s for every expired token.")
  private String expiredFor = "30d";

  @Option(names = "--dry-run", description = "Count the tokens, and delete none.")
  private boolean dryRun;

  PruneCommand(Terminal terminal) {
    super(terminal);
  }

  @Override
  Work prepare() throws CliException {
    Duration time = Durations.duration("--expired-for", expiredFor);
    if (time.isNegative()) {
      throw CliException.invalid("--expired-for: negative", "0s or more");
    }
    return session -> {
      Instant before = session.tokens().clock().instant().minus(time);
      if (dryRun) {
        // Expired before that instant. Instants of tokens are whole milliseconds.
        long count = session.tokens().count(TokenQuery.all().expiresBy(before.minusMillis(1)));
        session.out.count("would be deleted", count);
      } else {
        session.out.count("deleted", prune(session, before));
      }
      return ExitCode.DONE;
    };
  }

  private long prune(Session session, Instant before) throws CliException {
    TokenChanges changes = session.changes();
    long count = 0;
    try (Progress progress = Progress.of(terminal, "deleted", false)) {
      int deleted = changes.deleteExpired(before, BATCH);
      while (deleted > 0) {
        count += deleted;
        progress.at(count);
        deleted = changes.deleteExpired(before, BATCH);
      }
    }
    return count;
  }
}
