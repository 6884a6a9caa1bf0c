package io.counterfoil.clusters.run;

import static java.util.stream.Collectors.joining;

import io.counterfoil.ConcurrentRotationException;
import io.counterfoil.CreatedToken;
import io.counterfoil.DuplicateTokenNameException;
import io.counterfoil.NewToken;
import io.counterfoil.Token;
import io.counterfoil.TokenManager;
import io.counterfoil.TokenStoreException;
import io.counterfoil.TokenUpdate;
import io.counterfoil.Verdict;
import io.counterfoil.clusters.checker.Outcome;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Executes a command: one call of the manager.
 *
 * <p>A command is a line of words: a number, an operation and its arguments. The answer has the same number, the times when the
 * call began and ended, and the result.
 */
final class Command {
  /** The last word of each answer, so that an answer that was cut off is noticed. */
  static final String END = ".";

  private final TokenManager manager;
  private final String[] arguments;

  private Command(TokenManager manager, String[] arguments) {
    this.manager = manager;
    this.arguments = arguments;
  }

  static String execute(TokenManager manager, String line) {
    String[] words = line.split(" ", -1);
    Command command = new Command(manager, Arrays.copyOfRange(words, 2, words.length));
    Supplier<String> call = command.call(words[1]);
    long begin = System.nanoTime();
    String result = outcome(call);
    long end = System.nanoTime();
    return words[0] + ' ' + begin + ' ' + end + ' ' + result + ' ' + END;
  }

  /** Any other exception ends the process: no call may throw one. */
  private static String outcome(Supplier<String> call) {
    try {
      return call.get();
    } catch (TokenStoreException failure) {
      return Outcome.FAILED + " " + describe(failure);
    } catch (DuplicateTokenNameException | ConcurrentRotationException refused) {
      return Outcome.REFUSED + " " + refused.getClass().getSimpleName();
    }
  }

  /** The messages of this exception contain no values. */
  private static String describe(TokenStoreException failure) {
    return String.valueOf(failure.getMessage()).replaceAll("\\s+", "_");
  }

  private Supplier<String> call(String operation) {
    return switch (operation) {
      case "create" -> () -> created(manager.create(newToken(0)));
      case "create-once" ->
        () -> manager
            .createOnce(arguments[0], () -> newToken(1))
            .map(Command::created)
            .orElse(Outcome.NONE.name());
      case "authenticate" -> () -> verdict(manager.authenticate(arguments[0]));
      case "read" -> () -> read(manager.find(id()));
      case "list" ->
        () -> Outcome.DONE + ""
            + manager.list().map(token -> ' ' + properties(token)).collect(joining());
      case "disable" -> () -> changed(manager.disable(id()));
      case "enable" -> () -> changed(manager.enable(id()));
      case "delete" -> () -> changed(manager.delete(id()));
      case "update" -> () -> changed(manager.update(id(), update()).isPresent());
      case "rotate" ->
        () -> manager
            .rotate(id(), Duration.parse(arguments[1]))
            .map(Command::created)
            .orElse(Outcome.NONE.name());
      default -> throw new IllegalArgumentException(operation);
    };
  }

  private long id() {
    return Long.parseLong(arguments[0]);
  }

  /** The description and the only scope are the same text, so that a reader notices half of an update. */
  private NewToken newToken(int first) {
    String text = arguments[first + 1];
    return NewToken.named(arguments[first]).description(text).scopes(text);
  }

  private TokenUpdate update() {
    return TokenUpdate.none().description(arguments[1]).scopes(arguments[1]);
  }

  private static String created(CreatedToken created) {
    return Outcome.DONE + " " + created.reveal() + ' ' + properties(created.token());
  }

  private static String changed(boolean isDone) {
    return (isDone ? Outcome.DONE : Outcome.NONE).name();
  }

  private static String verdict(Verdict verdict) {
    return verdict instanceof Verdict.Accepted accepted
        ? Outcome.ACCEPTED + " " + properties(accepted.token())
        : Outcome.REJECTED + " " + ((Verdict.Rejected) verdict).reason();
  }

  private static String read(Optional<Token> token) {
    return token.map(found -> Outcome.DONE + " " + properties(found)).orElse(Outcome.NONE.name());
  }

  private static String properties(Token token) {
    return token.id() + " " + token.name() + ' ' + token.enabled() + ' ' + token.description() + ' '
        + String.join(",", token.scopes());
  }
}
