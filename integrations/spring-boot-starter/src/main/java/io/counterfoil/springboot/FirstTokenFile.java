package io.counterfoil.springboot;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.US_ASCII;

import io.counterfoil.CreatedToken;
import io.counterfoil.DuplicateTokenNameException;
import io.counterfoil.NewToken;
import io.counterfoil.TokenManager;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Creates the first token of a store and writes its plaintext into a file that only the user of the process can read.
 *
 * <p>The store records that the token was created, so that deleting the token, or the file, never creates another one. A draft of
 * the file is created before the token: if it cannot be written, there is no token. The file appears only when it is complete.
 */
final class FirstTokenFile {
  static final String PROPERTY = "counterfoil.first-token-file";
  static final String NAME = "first-token";

  private static final int LONGEST_LINE = 100;

  private static final Logger LOG = LoggerFactory.getLogger(FirstTokenFile.class);

  private final TokenManager tokens;
  private final Path file;
  private final BooleanSupplier isInMemory;
  private @Nullable DraftFile draft;

  /** @param isInMemory returns whether the store ends with the process; then this class replaces the file of an earlier process */
  FirstTokenFile(TokenManager tokens, Path file, BooleanSupplier isInMemory) {
    this.tokens = tokens;
    this.file = file.toAbsolutePath();
    this.isInMemory = isInMemory;
  }

  void create() {
    try {
      Optional<CreatedToken> created = tokens.createOnce(NAME, this::prepare);
      if (created.isPresent()) {
        write(created.get());
        LOG.info("The first token was created. Its plaintext is in {}", file);
      } else if (draft == null) {
        warnIfLost();
      }
    } catch (DuplicateTokenNameException taken) {
      throw invalid("there is a token with the name " + NAME + " already (expected: none)");
    } finally {
      if (draft != null) {
        draft.delete();
      }
    }
  }

  /** Called only if the store has no first token yet. */
  private NewToken prepare() {
    try {
      if (isInMemory.getAsBoolean() && hasOnlyToken()) {
        Files.delete(file);
      }
      if (Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
        throw new InvalidSettingException(
            PROPERTY,
            file + " exists, but there is no first token yet (expected: no such file)",
            "Delete the file if nobody needs it, or name another one.");
      }
      draft = DraftFile.beside(file);
    } catch (IOException unwritable) {
      throw invalid(file + " cannot be created: " + unwritable.getClass().getSimpleName()
          + " (expected: a file in a folder that the process may write)");
    }
    NewToken token = NewToken.named(NAME).unrestricted();
    return tokens.maxLifetime().map(token::expiresIn).orElse(token);
  }

  private boolean hasOnlyToken() throws IOException {
    return Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)
        && Files.size(file) <= LONGEST_LINE
        && Files.readString(file, ISO_8859_1).strip().matches(tokens.reports().scannerPattern());
  }

  private void write(CreatedToken created) {
    try {
      Objects.requireNonNull(draft, "draft")
          .publish(US_ASCII.encode(created.reveal() + '\n'), file);
    } catch (IOException unwritable) {
      tokens.delete(created.token().id()); // its plaintext is lost
      throw invalid(file + " cannot be written: " + unwritable.getClass().getSimpleName()
          + ". The first token was deleted, and no other one will be created: use"
          + " counterfoil.bootstrap");
    }
  }

  /** Warns if the process was killed after it created the token and before the file appeared. */
  private void warnIfLost() {
    try (DirectoryStream<Path> drafts =
        Files.newDirectoryStream(DraftFile.folderOf(file), DraftFile.of(file))) {
      drafts.forEach(each -> LOG.warn(
          "An earlier start was stopped while it wrote the first token, unless another node is"
              + " starting now. If the file {} has a token, that is the first one; otherwise, rotate"
              + " or delete the token {}. Then delete the file",
          each,
          NAME));
    } catch (IOException folderIsGone) {
      LOG.debug("The folder of {} cannot be read", file, folderIsGone);
    }
  }

  private static InvalidSettingException invalid(String problem) {
    return new InvalidSettingException(
        PROPERTY, problem, "Correct or remove the property " + PROPERTY + '.');
  }
}
