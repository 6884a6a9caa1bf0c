package io.counterfoil.springboot;

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
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A new file beside another one that only the user of the process can read. It gets the other name when it is complete. */
final class DraftFile {
  private static final Logger LOG = LoggerFactory.getLogger(DraftFile.class);

  private static final String END = ".tmp";

  private final Path path;

  private DraftFile(Path path) {
    this.path = path;
  }

  static DraftFile beside(Path file) throws IOException {
    boolean hasPermissions = file.getFileSystem().supportedFileAttributeViews().contains("posix");
    FileAttribute<?>[] ownerOnly = hasPermissions
        ? new FileAttribute<?>[] {
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
        }
        : new FileAttribute<?>[0]; // on Windows, the folder decides who may read it
    return new DraftFile(Files.createTempFile(folderOf(file), beginning(file), END, ownerOnly));
  }

  /** Returns a filter that accepts the drafts of a file. */
  static DirectoryStream.Filter<Path> of(Path file) {
    return each -> {
      String name = String.valueOf(each.getFileName());
      return name.startsWith(beginning(file)) && name.endsWith(END);
    };
  }

  static Path folderOf(Path file) {
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
    try (FileChannel channel = FileChannel.open(path, StandardOpenOption.WRITE)) {
      while (content.hasRemaining()) {
        channel.write(content);
      }
      channel.force(true);
    }
    Files.move(path, file); // fails if the file exists
  }

  void delete() {
    try {
      Files.deleteIfExists(path);
    } catch (IOException stays) {
      LOG.warn("The file {} cannot be deleted", path, stays);
    }
  }
}
