package io.counterfoil.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.counterfoil.Token;
import java.io.IOException;
import java.util.Optional;
import picocli.CommandLine.Command;

/** Finds the token of a plaintext. */
@Command(
    name = "identify",
    description = "Reads a plaintext from standard input, and prints its token. Changes nothing.")
final class IdentifyCommand extends TokenCommand {
  private static final int MAX_BYTES = 4096;

  IdentifyCommand(Terminal terminal) {
    super(terminal);
  }

  @Override
  Work prepare() {
    return session -> {
      Optional<Token> token = session.changes().identify(plaintext());
      session.out.tokens(token.stream());
      if (token.isEmpty()) {
        terminal.err().println("counterfoil: no token has this plaintext");
      }
      return token.isPresent() ? ExitCode.DONE : ExitCode.REFUSED;
    };
  }

  private String plaintext() throws CliException {
    if (ProcessTerminal.isStandardInput(terminal.in())) {
      terminal.err().print("plaintext: ");
      return new String(ProcessTerminal.console().orElseThrow().readPassword());
    }
    byte[] bytes;
    try {
      bytes = terminal.in().readNBytes(MAX_BYTES);
    } catch (IOException e) {
      throw CliException.failed("standard input cannot be read");
    }
    String plaintext = new String(bytes, UTF_8).strip();
    if (plaintext.isEmpty()) {
      throw CliException.invalid("standard input: empty", "a plaintext");
    }
    return plaintext;
  }
}
