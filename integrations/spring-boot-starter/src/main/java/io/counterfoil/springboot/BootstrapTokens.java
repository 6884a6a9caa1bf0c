package io.counterfoil.springboot;

import io.counterfoil.DuplicateTokenHashException;
import io.counterfoil.DuplicateTokenNameException;
import io.counterfoil.NewToken;
import io.counterfoil.TokenManager;
import io.counterfoil.springboot.CounterfoilProperties.BootstrapToken;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Creates the tokens of {@code counterfoil.bootstrap}, each of them once per store. The values of all entries are checked before
 * the first entry is applied. The limits of the manager are checked only for new entries.
 */
final class BootstrapTokens {
  private static final Logger LOG = LoggerFactory.getLogger(BootstrapTokens.class);

  private static final Pattern SHA256 = Pattern.compile("[0-9A-Fa-f]{64}");

  private final TokenManager tokens;
  private final List<BootstrapToken> entries;

  BootstrapTokens(TokenManager tokens, List<BootstrapToken> entries) {
    this.tokens = tokens;
    this.entries = entries;
  }

  void create() {
    checkHashes();
    List<NewToken> newTokens =
        IntStream.range(0, entries.size()).mapToObj(this::newToken).toList();
    for (int i = 0; i < newTokens.size(); i++) {
      create(i, newTokens.get(i));
    }
  }

  private void checkHashes() {
    Set<String> hashes = new HashSet<>();
    for (int i = 0; i < entries.size(); i++) {
      String property = property(i) + ".sha256";
      String hash = InvalidSettingException.required(property, entries.get(i).sha256());
      if (!SHA256.matcher(hash).matches()) {
        throw invalid(property, "no hash (expected: 64 hexadecimal digits)");
      }
      if (!hashes.add(hash.toLowerCase(Locale.ROOT))) {
        throw invalid(property, "an earlier entry has this hash (expected: one entry per hash)");
      }
    }
  }

  private NewToken newToken(int i) {
    BootstrapToken entry = entries.get(i);
    String property = property(i);
    String name = InvalidSettingException.required(property + ".name", entry.name());
    if (SHA256.matcher(name).matches() || name.matches(tokens.reports().scannerPattern())) {
      throw invalid(property + ".name", "a plaintext or a hash (expected: a name for people)");
    }
    NewToken named = check(property + ".name", () -> NewToken.named(name));
    NewToken owned = check(property + ".owner", () -> named.owner(entry.owner()));
    NewToken scoped = entry.scopes().isEmpty()
        ? owned
        : check(property + ".scopes", () -> owned.scopes(entry.scopes()));
    Instant expiry = entry.expiresAt();
    return expiry == null
        ? scoped
        : check(property + ".expires-at", () -> scoped.expiresAt(expiry));
  }

  private void create(int i, NewToken newToken) {
    String property = property(i);
    String sha256 = InvalidSettingException.required(property, entries.get(i).sha256());
    try {
      tokens
          .importOnce(newToken, sha256)
          .ifPresent(token -> LOG.info("Token {} was created from {}", token.id(), property));
    } catch (DuplicateTokenNameException taken) {
      throw invalid(
          property + ".name",
          "its owner has a token with this name (expected: another name, or no such token)");
    } catch (DuplicateTokenHashException known) {
      throw invalid(
          property + ".sha256", "another token has this hash (expected: that of a new plaintext)");
    } catch (IllegalArgumentException forbidden) {
      throw invalid(property, String.valueOf(forbidden.getMessage()));
    }
  }

  private static <T> T check(String property, Supplier<T> call) {
    return InvalidSettingException.check(property, call);
  }

  private static String property(int i) {
    return "counterfoil.bootstrap[" + i + ']';
  }

  private static InvalidSettingException invalid(String property, String problem) {
    return new InvalidSettingException(
        property,
        problem,
        "Correct or remove the entry that begins with "
            + property.substring(0, property.indexOf(']') + 1) + '.');
  }
}
