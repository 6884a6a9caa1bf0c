package io.counterfoil.examples.login;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The users of the host and their passwords, which are random here. Those that people choose belong into a store of slow
 * hashes.
 */
final class Users {
  private final Map<String, String> passwords;
  private final Set<String> disabled = ConcurrentHashMap.newKeySet();

  Users(Map<String, String> passwords) {
    this.passwords = Map.copyOf(passwords);
  }

  /** Compares as long as it takes, whether there is such a user or not, and however much of the password is right. */
  boolean know(String user, String password) {
    byte[] expected = passwords.getOrDefault(user, "").getBytes(UTF_8);
    boolean same = MessageDigest.isEqual(password.getBytes(UTF_8), expected);
    return same && isActive(user);
  }

  /** Asked at each request, whether it is a user's or comes with a token of one. */
  boolean isActive(String user) {
    return passwords.containsKey(user) && !disabled.contains(user);
  }

  void disable(String user) {
    disabled.add(user);
  }
}
