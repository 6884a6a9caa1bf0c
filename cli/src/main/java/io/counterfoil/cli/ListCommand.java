package io.counterfoil.cli;

import io.counterfoil.TokenManager;
import io.counterfoil.TokenQuery;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Lists tokens. */
@Command(name = "list", description = "Lists tokens that match all options, in order of their ids.")
final class ListCommand extends TokenCommand {
  @Option(
      names = "--owner",
      paramLabel = "OWNER",
      description = "Tokens of this owner; with an empty value, tokens without an owner.")
  private @Nullable String owner;

  @Option(names = "--name", paramLabel = "TEXT", description = "Tokens with this text in the name.")
  private @Nullable String name;

  @Option(names = "--scope", paramLabel = "SCOPE", description = "Tokens with exactly this scope.")
  private @Nullable String scope;

  @Option(names = "--enabled", description = "Enabled tokens.")
  private boolean enabled;

  @Option(names = "--disabled", description = "Disabled tokens.")
  private boolean disabled;

  @Option(names = "--expired", description = "Expired tokens.")
  private boolean expired;

  @Option(
      names = "--expires-within",
      paramLabel = "TIME",
      description = "Tokens that have not expired, but will within this time, such as 7d.")
  private @Nullable String expiresWithin;

  @Option(
      names = "--unused-for",
      paramLabel = "TIME",
      description = "Tokens that are known to be unused for this time, such as 90d.")
  private @Nullable String unusedFor;

  ListCommand(Terminal terminal) {
    super(terminal);
  }

  @Override
  Work prepare() throws CliException {
    TokenQuery texts = texts();
    Duration within =
        expiresWithin == null ? null : Durations.duration("--expires-within", expiresWithin);
    Duration unused = unusedFor == null ? null : Durations.duration("--unused-for", unusedFor);
    return session -> {
      TokenManager tokens = session.tokens();
      TokenQuery query = times(texts, tokens, within, unused);
      session.out.tokens(tokens.list(query));
      return ExitCode.DONE;
    };
  }

  private TokenQuery texts() throws CliException {
    if (enabled && disabled) {
      throw CliException.invalid("--enabled: together with --disabled", "one of them");
    }
    TokenQuery query = TokenQuery.all();
    if (enabled || disabled) {
      query = query.enabled(enabled);
    }
    query = with(query, "--owner", owner, TokenQuery::owner);
    query = with(query, "--name", name, TokenQuery::nameContains);
    return with(query, "--scope", scope, TokenQuery::scope);
  }

  /** Adds a condition to a query. */
  private interface Condition {
    TokenQuery add(TokenQuery query, String text);
  }

  private static TokenQuery with(
      TokenQuery query, String option, @Nullable String text, Condition condition)
      throws CliException {
    return text == null ? query : check(option, () -> condition.add(query, text));
  }

  private TokenQuery times(
      TokenQuery query, TokenManager tokens, @Nullable Duration within, @Nullable Duration unused) {
    var now = tokens.clock().instant();
    TokenQuery result = expired ? query.expiresBy(now) : query;
    if (within != null) {
      result = result.expiresAfter(now).expiresBy(now.plus(within));
    }
    return unused == null ? result : result.unusedSince(now.minus(unused));
  }
}
