package io.counterfoil;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A new file beside another one that only the user of the process can read. It gets the other name when it is complete.
 *
 * <p>The new file stays open until then. So a link that another user puts in its place gets no content (CWE-59).
 */
final class DraftFile {
  private static final Logger LOG = LoggerFactory.getLogger(DraftFile.class);

  private static final String END = ".tmp";

  private static final Set<StandardOpenOption> NEW =
      Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);

  private static final SecureRandom RANDOM = new SecureRandom();

  private final Path path;
  private final FileChannel channel;

  private DraftFile(Path path, FileChannel channel) {
    this.path = path;
    this.channel = channel;
  }

  /** @param file an absolute path */
  static DraftFile beside(Path file) throws IOException {
    boolean hasPermissions = file.getFileSystem().supportedFileAttributeViews().contains("posix");
    FileAttribute<?>[] ownerOnly = hasPermissions
        ? new FileAttribute<?>[] {
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
        }
        : new FileAttribute<?>[0]; // on Windows, the folder decides who may read it
    String number = Long.toUnsignedString(RANDOM.nextLong());
    Path path = folderOf(file).resolve(beginning(file) + number + END);
    return new DraftFile(path, FileChannel.open(path, NEW, ownerOnly));
  }

  /** Returns the drafts of a file, also those of other processes. */
  static List<Path> of(Path file) throws IOException {
    List<Path> drafts = new ArrayList<>();
    try (DirectoryStream<Path> found =
        Files.newDirectoryStream(folderOf(file), each -> isDraft(each, file))) {
      found.forEach(drafts::add);
    }
    return drafts;
  }

  private static boolean isDraft(Path path, Path file) {
    String name = String.valueOf(path.getFileName());
    return name.startsWith(beginning(file)) && name.endsWith(END);
  }

  private static Path folderOf(Path file) {
    Path folder = file.getParent();
    return folder == null ? file : folder;
  }

  private static String beginning(Path file) {
    return file.getFileName() + ".";
  }

  /**
   * Writes the content and gives it the name of the file.
   *
   * @throws FileAlreadyExistsException if another process has created the file meanwhile
   */
  void publish(ByteBuffer content, Path file) throws IOException {
    try (channel) {
      while (content.hasRemaining()) {
        channel.write(content);
      }
      channel.force(true);
    }
    Files.move(path, file); // fails if the file exists
  }

  void delete() {
    try (channel) {
      delete(path);
    } catch (IOException closed) {
      LOG.debug("The file {} cannot be closed", path, closed);
    }
  }

  static void delete(Path draft) {
    try {
      Files.deleteIfExists(draft);
    } catch (IOException stays) {
      LOG.warn("The file {} cannot be deleted", draft, stays);
    }
  }
}
