package io.counterfoil.springboot;

import io.counterfoil.DuplicateTokenNameException;
import io.counterfoil.FirstTokenFile;
import io.counterfoil.NewToken;
import io.counterfoil.TokenManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Path;
import java.util.function.BooleanSupplier;

/** Creates an unrestricted first token and its file, and reports problems with the name of the property. */
final class FirstTokenSetting {
  static final String PROPERTY = "counterfoil.first-token-file";
  static final String NAME = "first-token";

  private final TokenManager tokens;
  private final Path file;
  private final BooleanSupplier isInMemory;

  /** @param isInMemory returns whether the store ends with the process; then the file of an earlier process is replaced */
  FirstTokenSetting(TokenManager tokens, Path file, BooleanSupplier isInMemory) {
    this.tokens = tokens;
    this.file = file.toAbsolutePath();
    this.isInMemory = isInMemory;
  }

  void create() {
    try {
      createOnce();
    } catch (UncheckedIOException invalid) {
      String problem = String.valueOf(invalid.getMessage()).replace(file + ": ", file + " ");
      throw invalid.getCause() instanceof FileAlreadyExistsException
          ? new InvalidSettingException(
              PROPERTY, problem, "Delete the file if nobody needs it, or name another one.")
          : invalid(problem);
    } catch (DuplicateTokenNameException taken) {
      throw invalid("there is a token with the name " + NAME + " already (expected: none)");
    } catch (IllegalStateException failure) {
      throw failure.getCause() instanceof IOException unwritable ? lost(unwritable) : failure;
    }
  }

  private void createOnce() {
    NewToken unrestricted = NewToken.named(NAME).unrestricted();
    NewToken token = tokens.maxLifetime().map(unrestricted::expiresIn).orElse(unrestricted);
    if (isInMemory.getAsBoolean()) {
      FirstTokenFile.createOrReplace(tokens, file, token);
    } else {
      FirstTokenFile.create(tokens, file, token);
    }
  }

  private InvalidSettingException lost(IOException unwritable) {
    return invalid(file + " cannot be written: " + unwritable.getClass().getSimpleName()
        + ". The first token was deleted, and no other one will be created: use"
        + " counterfoil.bootstrap");
  }

  private static InvalidSettingException invalid(String problem) {
    return new InvalidSettingException(
        PROPERTY, problem, "Correct or remove the property " + PROPERTY + '.');
  }
}
