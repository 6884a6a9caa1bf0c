package io.counterfoil.examples.import3xui;

import io.counterfoil.TokenManager;
import io.counterfoil.TokenStore;
import java.io.PrintStream;
import java.util.List;
import java.util.Map;

/** Imports the tokens of a 3x-ui panel into a Counterfoil store. */
public final class Import3xUi {
  private static final int DONE = 0;
  private static final int FAILED = 1;
  private static final int BAD_OPTION = 2;

  private Import3xUi() {}

  /** Runs the import and exits. {@link Options#USAGE} describes the options. */
  public static void main(String[] args) {
    System.exit(run(List.of(args), System.getenv(), System.out, System.err));
  }

  static int run(
      List<String> args, Map<String, String> environment, PrintStream out, PrintStream err) {
    try {
      if (args.contains(Options.HELP)) {
        out.print(Options.USAGE);
        return DONE;
      }
      return run(Options.parse(args, environment), out) ? DONE : FAILED;
    } catch (OptionException e) {
      err.println("import: " + e.getMessage());
      return BAD_OPTION;
    } catch (Exception e) {
      err.println("import: " + SafeText.causes(e));
      return FAILED;
    }
  }

  private static boolean run(Options options, PrintStream out) throws Exception {
    List<Row> rows = Source.rows(options.from());
    if (options.dryRun()) {
      out.println("dry run: nothing is changed; without --dry-run the result would be");
      return importRows(rows, Target.copy(options), options.owner(), out);
    }
    return Target.change(options, store -> importRows(rows, store, options.owner(), out));
  }

  private static boolean importRows(
      List<Row> rows, TokenStore store, String owner, PrintStream out) {
    try (TokenManager tokens = TokenManager.builder(store).build()) {
      return new Importer(store, tokens, owner, out).importAll(rows);
    }
  }
}
