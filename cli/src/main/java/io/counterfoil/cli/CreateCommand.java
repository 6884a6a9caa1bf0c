package io.counterfoil.cli;

import io.counterfoil.CreatedToken;
import io.counterfoil.NewToken;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Creates a token. */
@Command(
    name = "create",
    description = "Creates a token. Its plaintext is the only text on standard output.")
final class CreateCommand extends TokenCommand {
  @Parameters(paramLabel = "NAME", description = "The name, unique among the tokens of the owner.")
  private String name = "";

  @Option(names = "--owner", paramLabel = "OWNER", description = "The owner; none by default.")
  private @Nullable String owner;

  @Option(names = "--description", paramLabel = "TEXT", description = "A description for people.")
  private @Nullable String description;

  @Option(
      names = "--scope",
      paramLabel = "SCOPE",
      description = "A scope. May be repeated. No scope by default.")
  private List<String> scopes = List.of();

  @Option(names = "--unrestricted", description = "Give the token every right (scope *).")
  private boolean unrestricted;

  @Option(
      names = "--allow-address",
      paramLabel = "RANGE",
      description = "An address or a range from which the token may be used. May be repeated.")
  private List<String> addresses = List.of();

  @Option(names = "--expires-in", paramLabel = "TIME", description = "The lifetime, such as 90d.")
  private @Nullable String expiresIn;

  @Option(
      names = "--expires-at",
      paramLabel = "INSTANT",
      description = "The expiry in UTC, such as 2027-01-31T00:00:00Z.")
  private @Nullable String expiresAt;

  @Option(
      names = "--never-expires",
      description = "Allow a token without expiry although the application has a maximum lifetime.")
  private boolean neverExpires;

  CreateCommand(Terminal terminal) {
    super(terminal);
  }

  @Override
  Work prepare() throws CliException {
    NewToken newToken = newToken();
    return session -> {
      CreatedToken created = session.changes().create(newToken);
      Plaintexts.print(created, session);
      return ExitCode.DONE;
    };
  }

  private NewToken newToken() throws CliException {
    NewToken token = check("NAME", () -> NewToken.named(name));
    String newOwner = owner;
    if (newOwner != null) {
      NewToken before = token;
      token = check("--owner", () -> before.owner(newOwner));
    }
    String text = description;
    if (text != null) {
      NewToken before = token;
      token = check("--description", () -> before.description(text));
    }
    return withExpiry(withRights(token));
  }

  private NewToken withRights(NewToken token) throws CliException {
    NewToken result = token;
    if (unrestricted && !scopes.isEmpty()) {
      throw CliException.invalid("--scope: together with --unrestricted", "one of them");
    }
    if (unrestricted) {
      result = result.unrestricted();
    } else if (!scopes.isEmpty()) {
      result = check("--scope", () -> token.scopes(scopes));
    }
    NewToken before = result;
    return addresses.isEmpty()
        ? result
        : check("--allow-address", () -> before.allowedAddresses(addresses));
  }

  private NewToken withExpiry(NewToken token) throws CliException {
    long count = Stream.of(expiresIn != null, expiresAt != null, neverExpires)
        .filter(given -> given)
        .count();
    if (count > 1) {
      throw CliException.invalid(
          "several expiries", "one of --expires-in, --expires-at and --never-expires");
    }
    if (expiresIn != null) {
      var lifetime = Durations.duration("--expires-in", expiresIn);
      return check("--expires-in", () -> token.expiresIn(lifetime));
    }
    if (expiresAt != null) {
      var expiry = Durations.instant("--expires-at", expiresAt);
      return check("--expires-at", () -> token.expiresAt(expiry));
    }
    return neverExpires ? token.neverExpires() : token;
  }
}
