package io.counterfoil.cli;

import io.counterfoil.TokenQuery;
import io.counterfoil.jdbc.JdbcTokenStore;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import picocli.CommandLine.Command;

/** Checks what an application checks when it starts. */
@Command(
    name = "check",
    description = "Checks the properties, the tables and the settings of the database, as an"
        + " application does when it starts, and the peppers. Each problem has its fix.")
final class CheckCommand extends TokenCommand {
  CheckCommand(Terminal terminal) {
    super(terminal);
  }

  @Override
  Work prepare() {
    return session -> {
      JdbcTokenStore store;
      try {
        store = session.store();
      } catch (IllegalStateException unusable) {
        session.out.line("problem", SafeText.fix(String.valueOf(unusable.getMessage())));
        return ExitCode.REFUSED;
      }
      store.warnings().forEach(warning -> session.out.line("warning", SafeText.cell(warning)));
      return peppers(session) ? ExitCode.DONE : ExitCode.REFUSED;
    };
  }

  private static boolean peppers(Session session) throws CliException {
    Map<String, Long> counts = session.tokens().reports().countByPepper();
    Set<String> unknown = new TreeSet<>(counts.keySet());
    unknown.removeAll(session.pepperNames());
    unknown.remove("");
    unknown.forEach(name -> session.out.line(
        "problem",
        counts.get(name) + " tokens need the pepper " + SafeText.name(name)
            + ", which is not in the properties (fix: add it to counterfoil.peppers)"));
    if (unknown.isEmpty()) {
      long count = session.tokens().count(TokenQuery.all());
      session.out.line("ok", "table " + session.table() + ", tokens: " + count);
    }
    return unknown.isEmpty();
  }
}
