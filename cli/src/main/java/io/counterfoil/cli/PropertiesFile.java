package io.counterfoil.cli;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The properties of a file. A value may contain {@code ${NAME}} or {@code ${NAME:default}}, which stands for a variable of the
 * environment. No message contains a value.
 */
final class PropertiesFile {
  private static final int MAX_BYTES = 1 << 20;
  private static final Pattern VARIABLE = Pattern.compile("\\$\\{([A-Za-z0-9_.-]+)(?::([^{}]*))?}");

  /** Other keys are not quoted: a file of another kind may have a secret there. */
  private static final Pattern QUOTABLE =
      Pattern.compile("(counterfoil|spring)\\.[a-z0-9.\\[\\]-]{1,80}", Pattern.CASE_INSENSITIVE);

  private final Map<String, String> values;
  private final Map<String, String> environment;
  private final TreeSet<String> unread;

  private PropertiesFile(Map<String, String> values, Map<String, String> environment) {
    this.values = values;
    this.environment = environment;
    this.unread = new TreeSet<>(values.keySet());
  }

  /** Reads a file in ASCII: programs do not agree on how other characters are encoded in a properties file. */
  static PropertiesFile read(Path file, Map<String, String> environment) throws CliException {
    byte[] bytes = bytes(file);
    for (byte each : bytes) {
      if (each < 0) {
        throw CliException.invalid(
            "--config: a character that is not ASCII", "its escape, such as \\u00e9");
      }
    }
    UniqueProperties properties = new UniqueProperties();
    try {
      properties.load(new ByteArrayInputStream(bytes));
    } catch (IOException | IllegalArgumentException e) {
      throw CliException.invalid("--config: a malformed escape", "a properties file");
    }
    if (properties.repeated != null) {
      throw CliException.invalid(quoted(properties.repeated) + ": more than once", "once");
    }
    Map<String, String> values = new TreeMap<>();
    properties
        .stringPropertyNames()
        .forEach(key -> values.put(key, properties.getProperty(key).strip()));
    return new PropertiesFile(values, environment);
  }

  private static byte[] bytes(Path file) throws CliException {
    try (InputStream in = Files.newInputStream(file)) {
      byte[] bytes = in.readNBytes(MAX_BYTES + 1);
      if (bytes.length > MAX_BYTES) {
        throw CliException.invalid("--config: more than 1 MiB", "a properties file");
      }
      return bytes;
    } catch (IOException e) {
      throw CliException.invalid(
          "--config: " + SafeText.name(file.toString()) + ": " + SafeText.causes(e),
          "a readable properties file");
    }
  }

  /** Returns the value; empty if the key is missing or has no value. */
  Optional<String> value(String key) throws CliException {
    unread.remove(key);
    String value = values.getOrDefault(key, "");
    return value.isEmpty() ? Optional.empty() : Optional.of(resolved(key, value));
  }

  private String resolved(String key, String value) throws CliException {
    if (VARIABLE.matcher(value).replaceAll("").contains("${")) {
      throw CliException.invalid(
          key + ": ${ without a variable", "${NAME} or ${NAME:default}, not nested");
    }
    Matcher variables = VARIABLE.matcher(value);
    StringBuilder resolved = new StringBuilder();
    while (variables.find()) {
      String found = environment.get(variables.group(1));
      String text = found == null ? variables.group(2) : found;
      if (text == null) {
        throw CliException.invalid(
            key + ": no variable " + variables.group(1) + " in the environment",
            "its value, or ${" + variables.group(1) + ":default}");
      }
      variables.appendReplacement(resolved, Matcher.quoteReplacement(text));
    }
    return variables.appendTail(resolved).toString();
  }

  /** Returns whether a value is written in the file itself. */
  boolean hasLiteral(Pattern keys) {
    return values.entrySet().stream()
        .anyMatch(entry -> keys.matcher(entry.getKey()).matches()
            && !VARIABLE.matcher(entry.getValue()).replaceAll("").isEmpty());
  }

  /** Returns whether there is a key with that beginning. */
  boolean has(String prefix) {
    return values.keySet().stream().anyMatch(key -> key.startsWith(prefix));
  }

  /** Throws if there is a key that was not read and does not match. */
  void rejectUnknown(Pattern unused) throws CliException {
    for (String key : unread) {
      if (!unused.matcher(key).matches()) {
        throw CliException.invalid(
            quoted(key) + ": unknown",
            "a property of the Spring Boot starter, or spring.datasource.url, .username, .password"
                + " or .password-file");
      }
    }
  }

  private static String quoted(String key) {
    return QUOTABLE.matcher(key).matches()
        ? key
        : "--config: a key of " + key.length() + " characters";
  }

  /** Properties that notice a second value of a key, which would silently replace the first one. */
  private static final class UniqueProperties extends Properties {
    private static final long serialVersionUID = 1L;

    private @Nullable String repeated;

    @Override
    public synchronized @Nullable Object put(Object key, Object value) {
      Object before = super.put(key, value);
      if (before != null) {
        repeated = key.toString();
      }
      return before;
    }

    @Override
    public synchronized boolean equals(@Nullable Object other) {
      return this == other;
    }

    @Override
    public synchronized int hashCode() {
      return System.identityHashCode(this);
    }
  }
}
