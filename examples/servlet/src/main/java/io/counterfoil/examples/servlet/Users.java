package io.counterfoil.examples.servlet;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/**
 * The users of the application and their passwords. The passwords here are long and random; passwords that people choose
 * must be stored as slow hashes.
 */
final class Users {
  private final Map<String, String> passwords;
  private final Set<String> disabled = ConcurrentHashMap.newKeySet();

  /** @throws IllegalArgumentException if the name of a user could be taken for that of a token without an owner */
  Users(Map<String, String> passwords) {
    this.passwords = Map.copyOf(passwords);
    if (passwords.keySet().stream()
        .anyMatch(user -> user.isEmpty() || user.regionMatches(true, 0, "token:", 0, 6))) {
      throw new IllegalArgumentException(
          "users (expected: no empty name, and none that begins with token:)");
    }
  }

  /** Reads users from a file. If there is none, creates it with the users ann and bob and random passwords. */
  static Users load(Path file) throws IOException {
    if (!Files.exists(file)) {
      // A temporary file is readable only by its owner.
      Path temporary = Files.createTempFile(file.getParent(), "users-", ".tmp");
      Files.writeString(
          temporary, "ann=%s\nbob=%s\n".formatted(Secrets.random(), Secrets.random()));
      Files.move(temporary, file);
    }
    Properties passwords = new Properties();
    try (Reader reader = Files.newBufferedReader(file)) {
      passwords.load(reader);
    }
    return new Users(passwords.stringPropertyNames().stream()
        .collect(Collectors.toMap(user -> user, passwords::getProperty)));
  }

  /** Takes the same time for an unknown user, and for any wrong password of the same length. */
  boolean hasPassword(String user, String password) {
    byte[] expected = passwords.getOrDefault(user, "").getBytes(UTF_8);
    boolean equal = MessageDigest.isEqual(password.getBytes(UTF_8), expected);
    return equal && isActive(user);
  }

  /** Called for each request of a user and for each request with a token of the user. */
  boolean isActive(String user) {
    return passwords.containsKey(user) && !disabled.contains(user);
  }

  void disable(String user) {
    disabled.add(user);
  }
}
