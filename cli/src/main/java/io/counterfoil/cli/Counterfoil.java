package io.counterfoil.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.counterfoil.ConcurrentRotationException;
import io.counterfoil.ConcurrentUpdateException;
import io.counterfoil.DuplicateTokenNameException;
import io.counterfoil.PolicyException;
import java.io.OutputStreamWriter;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.util.List;
import java.util.logging.LogManager;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.OverwrittenOptionException;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** The command-line tool: creates and manages tokens in the database of an application. */
public final class Counterfoil {
  private static final Pattern OPTION = Pattern.compile("--[a-z-]{1,20}");

  private Counterfoil() {}

  /** Runs a command and exits with its code. {@code --help} describes the commands. */
  public static void main(String[] args) {
    LogManager.getLogManager().reset(); // the driver of PostgreSQL logs parts of a malformed URL
    System.exit(run(List.of(args), Terminal.ofProcess()));
  }

  static int run(List<String> args, Terminal terminal) {
    if (args.stream().anyMatch(arg -> arg.indexOf('\ufffd') >= 0)) {
      return fail(
          terminal,
          CliException.invalid(
              "an argument: not in the encoding of the locale", "for example, LC_ALL=C.UTF-8"));
    }
    return commandLine(terminal).execute(args.toArray(String[]::new));
  }

  static CommandLine commandLine(Terminal terminal) {
    CommandLine root = new CommandLine(new RootCommand());
    root.addSubcommand("create", new CreateCommand(terminal));
    root.addSubcommand("list", new ListCommand(terminal));
    root.addSubcommand("identify", new IdentifyCommand(terminal));
    root.addSubcommand("disable", new DisableCommand(terminal));
    root.addSubcommand("enable", new EnableCommand(terminal));
    root.addSubcommand("rotate", new RotateCommand(terminal));
    root.addSubcommand("delete", new DeleteCommand(terminal));
    root.addSubcommand("prune", new PruneCommand(terminal));
    CommandLine imports = new CommandLine(new ImportCommand());
    imports.addSubcommand("3x-ui", new Import3xUiCommand(terminal));
    imports.addSubcommand("sanctum", new ImportSanctumCommand(terminal));
    imports.addSubcommand("csv", new ImportCsvCommand(terminal));
    root.addSubcommand("import", imports);
    root.addSubcommand("migrate", new MigrateCommand(terminal));
    root.addSubcommand("check", new CheckCommand(terminal));
    root.setOut(writer(terminal.out()));
    root.setErr(writer(terminal.err()));
    root.setColorScheme(CommandLine.Help.defaultColorScheme(Ansi.OFF));
    root.setExpandAtFiles(false);
    root.setPosixClusteredShortOptionsAllowed(false);
    root.setParameterExceptionHandler((e, given) -> fail(terminal, invalid(e)));
    root.setExecutionExceptionHandler((e, command, result) -> fail(terminal, e));
    return root;
  }

  private static PrintWriter writer(PrintStream stream) {
    return new PrintWriter(new OutputStreamWriter(stream, UTF_8), true);
  }

  /** Does not use the message of picocli: it quotes what was given, which may be a misplaced plaintext. */
  private static CliException invalid(ParameterException e) {
    String command = e.getCommandLine().getCommandSpec().qualifiedName();
    String help = command + " --help";
    if (e instanceof UnmatchedArgumentException unmatched) {
      String option = unmatched.getUnmatched().get(0).replaceFirst("=.*", "");
      String found = OPTION.matcher(option).matches() ? option : "an argument";
      return CliException.invalid(found + ": unknown", help);
    } else if (e instanceof MissingParameterException missing
        && !missing.getMissing().isEmpty()) {
      return CliException.invalid(names(missing.getMissing()) + ": missing", help);
    } else if (e instanceof OverwrittenOptionException twice) {
      return CliException.invalid(
          names(List.of(twice.getOverwritten())) + ": more than once", "once");
    }
    ArgSpec argument = e.getArgSpec();
    return CliException.invalid(
        argument == null ? "an argument is invalid" : names(List.of(argument)) + ": invalid", help);
  }

  private static String names(List<ArgSpec> arguments) {
    return arguments.stream()
        .map(each -> each instanceof OptionSpec option ? option.longestName() : each.paramLabel())
        .collect(Collectors.joining(", "));
  }

  private static int fail(Terminal terminal, Exception failure) {
    terminal.err().println("counterfoil: " + message(failure));
    if (failure instanceof CliException known) {
      return known.exitCode();
    }
    return isRefusal(failure) ? ExitCode.REFUSED : ExitCode.FAILED;
  }

  /** The message of an unusable table contains the fix, which may be a URL. */
  private static String message(Exception failure) {
    boolean isWhole = failure instanceof CliException || failure instanceof IllegalStateException;
    return isWhole ? SafeText.fix(String.valueOf(failure.getMessage())) : SafeText.causes(failure);
  }

  private static boolean isRefusal(Exception failure) {
    return failure instanceof PolicyException
        || failure instanceof DuplicateTokenNameException
        || failure instanceof ConcurrentUpdateException
        || failure instanceof ConcurrentRotationException;
  }
}
