package io.counterfoil;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Creates the first token of a store, and writes its plaintext into a file that only the user of the process can read.
 *
 * <p>A host calls {@link #create} at every start, before it accepts requests. The very first call creates the token and the file,
 * and logs where the file is. The store records this, so no later call creates a token, even if the token or the file was deleted.
 * If several nodes start at once, one of them creates the token and its file. Other tokens in the store do not matter. If the
 * plaintext is lost, pass another name: a token is created once for each name.
 *
 * <p>A draft of the file is created before the token: if it cannot be created, there is no token. Its name is that of the file,
 * followed by a number and {@code .tmp}. When it is complete, it gets the name of the file. If the process is killed after it has
 * created the token and before the file has its name, the draft stays, and each later call logs a warning that says what to do. An
 * existing file is not overwritten, and a symbolic link is not followed.
 *
 * <p>The file has one line of ASCII and the permissions {@code rw-------}. If the file system has no POSIX permissions, as on
 * Windows, the folder decides who can read the file: choose one that no other user can read.
 */
public final class FirstTokenFile {
  private static final int LONGEST_LINE = 100;

  private static final Logger LOG = LoggerFactory.getLogger(FirstTokenFile.class);

  private final TokenManager tokens;
  private final Path file;
  private final boolean replaces;
  private @Nullable DraftFile draft;

  private FirstTokenFile(TokenManager tokens, Path file, boolean replaces) {
    this.tokens = tokens;
    this.file = file.toAbsolutePath();
    this.replaces = replaces;
  }

  /**
   * Creates a token and the file with its plaintext, unless an earlier call has created the token of this name in this store.
   *
   * <p>If this method throws a {@link TokenStoreException}, the token may have been created without a file. If the next call creates
   * no file either, delete the token, and pass another name.
   *
   * @param file a path in an existing folder
   * @param newToken the properties of the token. Its name is also its key, as in {@link TokenManager#createOnce}: 1 to 64 characters
   *     of {@code a-z 0-9 . _ -}
   * @return whether this call has created the token and the file
   * @throws UncheckedIOException if there was no such call yet, and the file exists or cannot be created; nothing is changed
   * @throws IllegalStateException if the file could not be written after the token was created. The token was deleted, and no later
   *     call creates one of this name
   * @throws DuplicateTokenNameException if there was no such call yet, and the owner has a token of that name; nothing is changed
   * @throws PolicyException as for {@link TokenManager#create}; nothing is changed
   * @throws IllegalArgumentException if the name has other characters
   */
  public static boolean create(TokenManager tokens, Path file, NewToken newToken) {
    return new FirstTokenFile(tokens, file, false).create(newToken);
  }

  /**
   * Creates a token and the file like {@link #create}, for a store that ends with the process, such as a database in memory: if the
   * store has no such token yet, this method replaces the file of an earlier process, whose token is gone. It replaces only a file
   * that contains one token of the form of this manager and nothing else.
   */
  public static boolean createOrReplace(TokenManager tokens, Path file, NewToken newToken) {
    return new FirstTokenFile(tokens, file, true).create(newToken);
  }

  private boolean create(NewToken newToken) {
    String key = NameRules.checkedKey("name", newToken.name());
    try {
      Optional<CreatedToken> created = createOnce(key, newToken);
      if (created.isPresent()) {
        write(created.get());
        deleteEmptyDrafts();
        LOG.info("The first token was created. Its plaintext is in {}", file);
      } else if (draft == null) {
        warnIfLost(newToken.name());
      }
      return created.isPresent();
    } finally {
      if (draft != null) {
        draft.delete();
      }
    }
  }

  private Optional<CreatedToken> createOnce(String key, NewToken newToken) {
    try {
      return tokens.createOnce(key, () -> withDraft(newToken));
    } catch (UncheckedIOException invalid) {
      // The file may be that of another node, which has created the token meanwhile.
      return tokens.createOnce(key, () -> {
        throw invalid;
      });
    }
  }

  /** Called only if the store has no first token yet. */
  private NewToken withDraft(NewToken newToken) {
    try {
      if (Files.exists(file, LinkOption.NOFOLLOW_LINKS) && !(replaces && hasOnlyToken())) {
        throw new UncheckedIOException(
            file + ": exists, but there is no first token yet (expected: no such file)",
            new FileAlreadyExistsException(file.toString()));
      }
      draft = DraftFile.beside(file);
      return newToken;
    } catch (IOException unwritable) {
      throw new UncheckedIOException(
          file + ": cannot be created: " + unwritable.getClass().getSimpleName()
              + " (expected: a file in a folder that the process may write)",
          unwritable);
    }
  }

  private boolean hasOnlyToken() throws IOException {
    return Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)
        && Files.size(file) <= LONGEST_LINE
        && Files.readString(file, ISO_8859_1).strip().matches(tokens.reports().scannerPattern());
  }

  private void write(CreatedToken created) {
    try {
      if (replaces
          && hasOnlyToken()) { // not earlier: only the node that creates the token may do so
        Files.delete(file);
      }
      Objects.requireNonNull(draft, "draft")
          .publish(US_ASCII.encode(created.reveal() + '\n'), file);
    } catch (IOException unwritable) {
      tokens.delete(created.token().id()); // its plaintext is lost
      throw new IllegalStateException(
          file + ": cannot be written: " + unwritable.getClass().getSimpleName()
              + ". The first token was deleted (expected: another name, because no other token of"
              + " this name will be created)",
          unwritable);
    }
  }

  /** Deletes drafts of processes that were killed before they created a token, so that no later call warns of them. */
  private void deleteEmptyDrafts() {
    try {
      for (Path each : DraftFile.of(file)) {
        if (Files.size(each) == 0) {
          DraftFile.delete(each);
        }
      }
    } catch (IOException stays) {
      LOG.debug("The drafts of {} cannot be deleted", file, stays);
    }
  }

  /** Warns if the process was killed after it created the token and before the file appeared. */
  private void warnIfLost(String name) {
    try {
      DraftFile.of(file)
          .forEach(each -> LOG.warn(
              "An earlier start was stopped while it wrote the first token, unless another node is"
                  + " starting now. If the file {} has a token, that is the first one; otherwise, rotate"
                  + " or delete the token {}. Then delete the file",
              each,
              name));
    } catch (IOException folderIsGone) {
      LOG.debug("The folder of {} cannot be read", file, folderIsGone);
    }
  }
}
