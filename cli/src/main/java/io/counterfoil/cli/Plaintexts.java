package io.counterfoil.cli;

import io.counterfoil.CreatedToken;
import java.util.stream.Stream;

/** Prints new plaintexts. */
final class Plaintexts {
  private Plaintexts() {}

  /** Prints the plaintext alone on standard output, and the token on standard error. */
  static void print(CreatedToken created, Session session) throws CliException {
    long id = created.token().id();
    session.terminal.out().println(created.reveal());
    if (session.terminal.out().checkError()) {
      throw CliException.failed("the plaintext cannot be written to standard output, and is lost;"
          + " rotate or delete token " + id);
    }
    session.err.tokens(Stream.of(created.token()));
  }
}
