package io.counterfoil.springboot;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.US_ASCII;

import io.counterfoil.CreatedToken;
import io.counterfoil.DuplicateTokenNameException;
import io.counterfoil.NewToken;
import io.counterfoil.TokenManager;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Creates the first token of a store and writes its plaintext into a file that only the user of the process can read.
 *
 * <p>The store records that the token was created, so that deleting the token, or the file, never creates another one. The file
 * is reserved before the token is created: if it cannot be written, there is no token.
 */
final class FirstTokenFile {
  static final String PROPERTY = "counterfoil.first-token-file";
  static final String NAME = "first-token";

  private static final int LONGEST_LINE = 100;

  private static final Logger LOG = LoggerFactory.getLogger(FirstTokenFile.class);

  private final TokenManager tokens;
  private final Path file;
  private final boolean isInMemory;
  private boolean isReserved;

  /** @param isInMemory whether the store ends with the process; then this class replaces the file of an earlier process */
  FirstTokenFile(TokenManager tokens, Path file, boolean isInMemory) {
    this.tokens = tokens;
    this.file = file;
    this.isInMemory = isInMemory;
  }

  void create() {
    Optional<CreatedToken> created;
    try {
      created = tokens.createOnce(NAME, this::reserve);
    } catch (DuplicateTokenNameException taken) {
      delete();
      throw invalid("there is a token with the name " + NAME + " already (expected: none)");
    }
    if (created.isPresent()) {
      write(created.get());
      LOG.info("The first token was created. Its plaintext is in {}", file);
    } else if (isReserved) {
      delete(); // another node has just created the token
    } else {
      warnIfLost();
    }
  }

  /** Called only if the store has no first token yet. */
  private NewToken reserve() {
    boolean hasPermissions = file.getFileSystem().supportedFileAttributeViews().contains("posix");
    FileAttribute<?>[] ownerOnly = hasPermissions
        ? new FileAttribute<?>[] {
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
        }
        : new FileAttribute<?>[0]; // on Windows, the folder decides who may read it
    try {
      if (isInMemory && hasOnlyToken()) {
        Files.delete(file);
      }
      Files.createFile(file, ownerOnly); // never follows a link
      isReserved = true;
    } catch (FileAlreadyExistsException exists) {
      throw new InvalidSettingException(
          PROPERTY,
          file + " exists, but there is no first token yet (expected: no such file)",
          "Delete the file if nobody needs it, or name another one.");
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
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      ByteBuffer line = US_ASCII.encode(created.reveal() + '\n');
      while (line.hasRemaining()) {
        channel.write(line);
      }
      channel.force(true);
    } catch (IOException unwritable) {
      tokens.delete(created.token().id()); // its plaintext is lost
      throw invalid(file + " cannot be written: " + unwritable.getClass().getSimpleName()
          + ". The first token was deleted, and no other one will be created: use"
          + " counterfoil.bootstrap");
    }
  }

  /** Warns if the process was killed after it created the token and before it wrote the file. */
  private void warnIfLost() {
    try {
      if (Files.exists(file) && Files.size(file) == 0) {
        LOG.warn(
            "The file {} is empty: the process ended before it wrote the first token. Rotate or"
                + " delete the token {}, and use counterfoil.bootstrap to create another one",
            file,
            NAME);
      }
    } catch (IOException unreadable) {
      LOG.warn("The file {} cannot be read", file, unreadable);
    }
  }

  private void delete() {
    try {
      Files.deleteIfExists(file);
    } catch (IOException stays) {
      LOG.warn("The file {} is empty and cannot be deleted", file, stays);
    }
  }

  private static InvalidSettingException invalid(String problem) {
    return new InvalidSettingException(
        PROPERTY, problem, "Correct or remove the property " + PROPERTY + '.');
  }
}
