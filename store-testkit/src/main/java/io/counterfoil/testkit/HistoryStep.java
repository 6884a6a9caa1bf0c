package io.counterfoil.testkit;

import io.counterfoil.NewToken;
import io.counterfoil.TokenUpdate;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/**
 * A call of a manager as a value, so that jqwik can generate, print and shrink histories. A token is given as the number of its
 * creation, from 0.
 */
sealed interface HistoryStep {
  /**
   * Properties of a token.
   *
   * @param lifetime the time until it expires; an empty value in it means that the token does not expire
   */
  record Properties(
      Optional<String> description,
      Optional<Set<String>> scopes,
      Optional<Set<String>> addresses,
      Optional<Optional<Duration>> lifetime) {}

  /** Creates a token. */
  record Create(String owner, String name, Properties properties) implements HistoryStep {
    NewToken newToken() {
      NewToken token = NewToken.named(name).owner(owner);
      token = properties.description().map(token::description).orElse(token);
      token =
          properties.scopes().filter(some -> !some.isEmpty()).map(token::scopes).orElse(token);
      token = properties
          .addresses()
          .filter(some -> !some.isEmpty())
          .map(token::allowedAddresses)
          .orElse(token);
      return properties.lifetime().flatMap(time -> time).map(token::expiresIn).orElse(token);
    }
  }

  /** Changes the properties that are set. */
  record Update(int token, Optional<String> name, Properties properties) implements HistoryStep {
    TokenUpdate update() {
      TokenUpdate update = TokenUpdate.of();
      update = name.map(update::name).orElse(update);
      update = properties.description().map(update::description).orElse(update);
      if (properties.scopes().isPresent()) {
        Set<String> scopes = properties.scopes().get();
        update = scopes.isEmpty() ? update.noScopes() : update.scopes(scopes);
      }
      if (properties.addresses().isPresent()) {
        Set<String> ranges = properties.addresses().get();
        update = ranges.isEmpty() ? update.everyAddress() : update.allowedAddresses(ranges);
      }
      if (properties.lifetime().isPresent()) {
        Optional<Duration> lifetime = properties.lifetime().get();
        update = lifetime.map(update::expiresIn).orElseGet(update::neverExpires);
      }
      return update;
    }
  }

  /** Gives a token a new plaintext. */
  record Rotate(int token, Duration overlap) implements HistoryStep {}

  /** Disables a token. */
  record Disable(int token) implements HistoryStep {}

  /** Disables the tokens of an owner. */
  record DisableOwnedBy(String owner) implements HistoryStep {}

  /** Enables a token. */
  record Enable(int token) implements HistoryStep {}

  /** Presents the plaintext of a token from an address, on a node that records uses. */
  record Use(int token, String address) implements HistoryStep {}

  /** Deletes a token. */
  record Delete(int token) implements HistoryStep {}

  /** Deletes the tokens that have expired. */
  record DeleteExpired() implements HistoryStep {}

  /** Lets time pass. */
  record Pause(Duration duration) implements HistoryStep {}
}
