package io.counterfoil.examples.import3xui;

import io.counterfoil.TokenManager;
import io.counterfoil.TokenStore;
import java.io.PrintStream;
import java.util.List;
import java.util.Map;

/** Takes the tokens of a 3x-ui panel over into a store of Counterfoil. */
public final class Import3xUi {
  private static final int DONE = 0;
  private static final int FAILED = 1;
  private static final int BAD_OPTION = 2;

  private Import3xUi() {}

  /** Runs to the end; see {@link Options#USAGE}. */
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
    } catch (BadOption e) {
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
      out.println("dry run: nothing is changed; without --dry-run it would be");
      return take(rows, Target.copy(options), options.owner(), out);
    }
    return Target.change(options, store -> take(rows, store, options.owner(), out));
  }

  private static boolean take(List<Row> rows, TokenStore store, String owner, PrintStream out) {
    try (TokenManager tokens = TokenManager.builder(store).build()) {
      return new Importer(store, tokens, owner, out).takeAll(rows);
    }
  }
}
