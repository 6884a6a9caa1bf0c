package io.counterfoil.springboot;

import io.counterfoil.Pepper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/** Reads secret keys from properties and files. No message contains any part of a key. */
final class SecretKeys {
  private static final String EXPECTED =
      " (expected: at least 32 random bytes in Base64, as `openssl rand -base64 32` prints them)";

  private SecretKeys() {}

  /** @param property the name of the group of properties, such as {@code counterfoil.peppers[0]} */
  static Pepper pepper(String property, CounterfoilProperties.NamedSecret setting) {
    byte[] key = key(property, setting.secret(), setting.secretFile());
    String nameProperty = property + ".name";
    String name = InvalidSettingException.required(nameProperty, setting.name());
    Pepper pepper = InvalidSettingException.check(nameProperty, () -> Pepper.of(name, key));
    return setting.until() == null ? pepper : pepper.until(setting.until());
  }

  /** @param property the name of the group of properties, such as {@code counterfoil.checksum-keys[0]} */
  static byte[] key(String property, CounterfoilProperties.Secret setting) {
    return key(property, setting.secret(), setting.secretFile());
  }

  private static byte[] key(String property, @Nullable String secret, @Nullable String file) {
    if ((secret == null) == (file == null)) {
      String found =
          secret == null ? "neither secret nor secret-file" : "both secret and secret-file";
      throw new InvalidSettingException(
          property, found + " (expected: one of them)", "Set one of the two properties.");
    }
    String source = property + (secret == null ? ".secret-file" : ".secret");
    byte[] key = decoded(source, secret == null ? content(source, file) : secret);
    if (key.length < Pepper.MIN_LENGTH) {
      throw invalid(source, key.length + " bytes" + EXPECTED);
    }
    return key;
  }

  private static byte[] decoded(String property, String text) {
    try {
      return Base64.getDecoder().decode(text.strip());
    } catch (IllegalArgumentException hidden) { // its message quotes a character
      throw invalid(property, "not Base64" + EXPECTED);
    }
  }

  /** The message does not contain the value: it may be a key that was meant for the other property. */
  private static String content(String property, @Nullable String file) {
    try {
      return Files.readString(Path.of(String.valueOf(file)));
    } catch (IOException | IllegalArgumentException unreadable) {
      String reason = unreadable.getClass().getSimpleName();
      throw invalid(property, reason + " (expected: the path of a readable file)");
    }
  }

  private static InvalidSettingException invalid(String property, String problem) {
    return new InvalidSettingException(property, problem, InvalidSettingException.CORRECT);
  }
}
