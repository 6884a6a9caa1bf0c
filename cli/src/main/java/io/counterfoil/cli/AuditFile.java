package io.counterfoil.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.counterfoil.TokenEvent;
import io.counterfoil.TokenListener;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** Writes each event with its time, before the command says that the change was made. */
final class AuditFile implements TokenListener {
  private final PrintStream stream;

  private AuditFile(PrintStream stream) {
    this.stream = stream;
  }

  static AuditFile of(PrintStream stream) {
    return new AuditFile(stream);
  }

  /** Opens a file before anything is changed. */
  static AuditFile open(Path file) throws CliException {
    try {
      return of(new PrintStream(new FileOutputStream(file.toFile(), true), true, UTF_8));
    } catch (IOException e) {
      throw CliException.failed("--audit: the file cannot be opened");
    }
  }

  /** The text of an event is escaped, so that it takes one line. */
  @Override
  public void on(TokenEvent event) {
    stream.println(Instant.now().truncatedTo(ChronoUnit.MILLIS) + " " + event);
  }

  /** Throws if an event was lost. */
  void check() throws CliException {
    if (stream.checkError()) {
      throw CliException.failed("--audit: events were not written, but the changes were made");
    }
  }
}
