package io.counterfoil.cli;

import io.counterfoil.KnownScopes;
import io.counterfoil.Pepper;
import io.counterfoil.TokenManager;
import io.counterfoil.TokenStore;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/**
 * What the application says to its manager, from a file with the properties of the Spring Boot starter. So an application can
 * import the same file, and tokens that are created here are like those that it creates.
 */
final class Configuration {
  private static final String ROOT = "counterfoil.";

  /** Properties of the starter that make no difference to a token that is created or imported. */
  static final Pattern UNUSED = Pattern.compile(
      "counterfoil\\.(enabled|realm|record-addresses"
          + "|max-idle|refuse-cleartext|explain-rejections|trusted-proxies(-header|\\[\\d+])?|mdc|first-token-file"
          + "|jdbc\\.initialize-schema|(bootstrap\\[\\d+]|credentials|notices|throttle|cache|filter|management"
          + "|page)\\..+)|spring\\.datasource\\.(driver-class-name|type|name|(hikari|tomcat|dbcp2)\\..+)");

  private static final Pattern SECRETS =
      Pattern.compile("counterfoil\\..*\\.secret|spring\\.datasource\\.password");

  private final PropertiesFile file;
  private final SecretKeys keys;
  private final DatabaseSettings database;
  private final String table;
  private final Set<String> pepperNames = new TreeSet<>();
  private final List<Consumer<TokenManager.Builder>> settings = new ArrayList<>();

  private Configuration(Path path, PropertiesFile file, SecretFiles secrets) throws CliException {
    this.file = file;
    this.keys = new SecretKeys(file, secrets);
    if (file.hasLiteral(SECRETS)) {
      secrets.warnIfPublic(path);
    }
    database = DatabaseSettings.of(file, secrets);
    table = file.value(ROOT + "jdbc.table").orElse("counterfoil_tokens");
    readLimits();
    readUses();
    readPeppers();
    readChecksumKeys();
    KnownScopes scopes = new ScopeSettings(file).read();
    settings.add(builder -> builder.knownScopes(scopes));
    file.rejectUnknown(UNUSED);
  }

  static Configuration read(Path path, Terminal terminal) throws CliException {
    PropertiesFile file = PropertiesFile.read(path, terminal.environment());
    return new Configuration(path, file, new SecretFiles(terminal::warn));
  }

  /** Reads a file that names only a database. */
  static DatabaseSettings readDatabase(Path path, Terminal terminal) throws CliException {
    PropertiesFile file = PropertiesFile.read(path, terminal.environment());
    SecretFiles secrets = new SecretFiles(terminal::warn);
    if (file.hasLiteral(SECRETS)) {
      secrets.warnIfPublic(path);
    }
    DatabaseSettings database = DatabaseSettings.of(file, secrets);
    file.rejectUnknown(UNUSED);
    return database;
  }

  DatabaseSettings database() {
    return database;
  }

  Set<String> pepperNames() {
    return pepperNames;
  }

  String table() {
    return table;
  }

  /** Returns a builder with the settings. It accepts foreign plaintexts, so that imported ones can be identified. */
  TokenManager.Builder managerOf(TokenStore store) {
    TokenManager.Builder builder = TokenManager.builder(store).acceptForeign(20, 256);
    settings.forEach(setting -> setting.accept(builder));
    return builder;
  }

  /** Builds a manager. Some settings may contradict others, which only the builder notices. */
  static TokenManager build(TokenManager.Builder builder) throws CliException {
    try {
      return builder.build();
    } catch (IllegalArgumentException contradiction) {
      throw CliException.invalid("properties", contradiction);
    }
  }

  private void readLimits() throws CliException {
    Optional<String> prefix = file.value(ROOT + "prefix");
    prefix.ifPresent(text -> settings.add(builder -> builder.prefix(text)));
    Optional<Duration> lifetime = duration("max-lifetime");
    lifetime.ifPresent(time -> settings.add(builder -> builder.maxLifetime(time)));
    Optional<String> limit = file.value(ROOT + "max-tokens-per-owner");
    if (limit.isPresent()) {
      if (!limit.get().matches("[0-9]{1,9}")) {
        throw CliException.invalid(
            ROOT + "max-tokens-per-owner: not a number", "a whole number, at least 1");
      }
      int number = Integer.parseInt(limit.get());
      settings.add(builder -> builder.maxTokensPerOwner(number));
    }
  }

  private void readUses() throws CliException {
    Optional<String> text = file.value(ROOT + "record-uses");
    if (text.isPresent()) {
      Duration interval = text.get().equals("0")
          ? Duration.ZERO
          : Durations.duration(ROOT + "record-uses", text.get());
      settings.add(
          interval.isZero()
              ? TokenManager.Builder::recordNoUses
              : builder -> builder.recordUses(interval));
    }
  }

  private void readPeppers() throws CliException {
    List<Pepper> peppers = new ArrayList<>();
    for (int i = 0; file.has(ROOT + "peppers[" + i + "]."); i++) {
      peppers.add(keys.pepper(ROOT + "peppers[" + i + ']'));
    }
    peppers.forEach(pepper -> pepperNames.add(pepper.name()));
    if (!peppers.isEmpty()) {
      Pepper[] older = peppers.subList(1, peppers.size()).toArray(Pepper[]::new);
      settings.add(builder -> builder.peppers(peppers.get(0), older));
    }
    if (file.has(ROOT + "upcoming-pepper.")) {
      Pepper upcoming = keys.pepper(ROOT + "upcoming-pepper");
      pepperNames.add(upcoming.name());
      settings.add(builder -> builder.upcomingPepper(upcoming));
    }
    Optional<Instant> end = instant("plain-hashes-until");
    end.ifPresent(instant -> settings.add(builder -> builder.plainHashesUntil(instant)));
  }

  private void readChecksumKeys() throws CliException {
    List<byte[]> found = new ArrayList<>();
    for (int i = 0; file.has(ROOT + "checksum-keys[" + i + "]."); i++) {
      found.add(keys.key(ROOT + "checksum-keys[" + i + ']'));
    }
    if (!found.isEmpty()) {
      byte[][] older = found.subList(1, found.size()).toArray(byte[][]::new);
      settings.add(builder -> builder.checksumKeys(found.get(0), older));
    }
    Optional<Instant> end = instant("plain-checksums-until");
    end.ifPresent(instant -> settings.add(builder -> builder.plainChecksumsUntil(instant)));
  }

  private Optional<Duration> duration(String name) throws CliException {
    Optional<String> text = file.value(ROOT + name);
    return text.isPresent()
        ? Optional.of(Durations.duration(ROOT + name, text.get()))
        : Optional.empty();
  }

  private Optional<Instant> instant(String name) throws CliException {
    Optional<String> text = file.value(ROOT + name);
    return text.isPresent()
        ? Optional.of(Durations.instant(ROOT + name, text.get()))
        : Optional.empty();
  }

  /** Calls a method of the library, and says which property it refuses. */
  static <T> T check(String key, Supplier<T> call) throws CliException {
    try {
      return call.get();
    } catch (IllegalArgumentException refused) {
      throw CliException.invalid(key, refused);
    }
  }
}
