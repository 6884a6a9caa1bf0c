package io.counterfoil.springboot;

import io.counterfoil.TokenManager;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.function.BooleanSupplier;
import org.springframework.beans.factory.SmartInitializingSingleton;

/** Creates the tokens that the properties name, before the server accepts requests. */
final class StartupTokens implements SmartInitializingSingleton {
  private final TokenManager tokens;
  private final CounterfoilProperties properties;
  private final BooleanSupplier isInMemory;

  /** @param isInMemory returns whether the store ends with the process */
  StartupTokens(TokenManager tokens, CounterfoilProperties properties, BooleanSupplier isInMemory) {
    this.tokens = tokens;
    this.properties = properties;
    this.isInMemory = isInMemory;
  }

  @Override
  public void afterSingletonsInstantiated() {
    new BootstrapTokens(tokens, properties.bootstrap()).create();
    String file = properties.firstTokenFile();
    if (file != null) {
      new FirstTokenSetting(tokens, path(file), isInMemory).create();
    }
  }

  private static Path path(String file) {
    try {
      if (!file.isBlank()) {
        return Path.of(file);
      }
    } catch (InvalidPathException invalid) {
      // reported below
    }
    throw new InvalidSettingException(
        FirstTokenSetting.PROPERTY,
        file + " (expected: the path of a file)",
        InvalidSettingException.CORRECT);
  }
}
