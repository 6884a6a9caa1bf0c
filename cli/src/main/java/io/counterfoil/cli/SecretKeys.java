package io.counterfoil.cli;

import io.counterfoil.Pepper;
import java.util.Base64;
import java.util.Optional;

/** Reads secret keys from properties and the files that they name. No message contains any part of a key. */
final class SecretKeys {
  private static final String EXPECTED =
      "at least 32 random bytes in Base64, as `openssl rand -base64 32` prints them";

  private final PropertiesFile file;
  private final SecretFiles secrets;

  SecretKeys(PropertiesFile file, SecretFiles secrets) {
    this.file = file;
    this.secrets = secrets;
  }

  /** @param group the beginning of the keys, such as {@code counterfoil.peppers[0]} */
  Pepper pepper(String group) throws CliException {
    String name = file.value(group + ".name").orElse("");
    byte[] key = key(group);
    Pepper pepper = Configuration.check(group + ".name", () -> Pepper.of(name, key));
    Optional<String> until = file.value(group + ".until");
    return until.isPresent()
        ? pepper.until(Durations.instant(group + ".until", until.get()))
        : pepper;
  }

  /** @param group the beginning of the keys, such as {@code counterfoil.checksum-keys[0]} */
  byte[] key(String group) throws CliException {
    Optional<String> secret = file.value(group + ".secret");
    Optional<String> secretFile = file.value(group + ".secret-file");
    if (secret.isPresent() == secretFile.isPresent()) {
      throw CliException.invalid(
          group + ": " + (secret.isPresent() ? "both" : "neither") + " secret and secret-file",
          "one of them");
    }
    return secret.isPresent()
        ? decoded(group + ".secret", secret.get())
        : decoded(
            group + ".secret-file",
            secrets.content(group + ".secret-file", secretFile.orElseThrow()));
  }

  private static byte[] decoded(String key, String text) throws CliException {
    byte[] bytes;
    try {
      bytes = Base64.getDecoder().decode(text);
    } catch (IllegalArgumentException hidden) { // its message quotes a character
      throw CliException.invalid(key + ": not Base64", EXPECTED);
    }
    if (bytes.length < Pepper.MIN_LENGTH) {
      throw CliException.invalid(key + ": " + bytes.length + " bytes", EXPECTED);
    }
    return bytes;
  }
}
