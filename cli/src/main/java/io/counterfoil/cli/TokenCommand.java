package io.counterfoil.cli;

import java.util.concurrent.Callable;
import java.util.function.Supplier;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** A command. It checks its arguments before anything is opened. */
abstract class TokenCommand implements Callable<Integer> {
  final Terminal terminal;

  @Mixin
  private CommonOptions common = new CommonOptions();

  @Option(names = "--help", usageHelp = true, description = "Print this text.")
  @SuppressWarnings("UnusedVariable") // picocli reads it
  private boolean help;

  TokenCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  /** What a command does with checked arguments. */
  @FunctionalInterface
  interface Work {
    /** Returns the exit code. */
    int run(Session session) throws CliException;
  }

  /** Checks the arguments. */
  abstract Work prepare() throws CliException;

  @Override
  public final Integer call() throws CliException {
    Work work = prepare();
    try (Session session = Session.of(common, terminal)) {
      int code = work.run(session);
      session.checkStreams();
      return code;
    }
  }

  /** Calls the library with an argument, and says which argument it refuses. */
  static <T> T check(String argument, Supplier<T> call) throws CliException {
    return Configuration.check(argument, call);
  }
}
