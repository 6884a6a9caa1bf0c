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
import java.util.ArrayList;
import java.util.List;
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

  /** @param file an absolute path */
  static DraftFile beside(Path file) throws IOException {
    boolean hasPermissions = file.getFileSystem().supportedFileAttributeViews().contains("posix");
    FileAttribute<?>[] ownerOnly = hasPermissions
        ? new FileAttribute<?>[] {
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
        }
        : new FileAttribute<?>[0]; // on Windows, the folder decides who may read it
    return new DraftFile(Files.createTempFile(folderOf(file), beginning(file), END, ownerOnly));
  }

  /** Returns the drafts of a file, also those of other processes. */
  static List<DraftFile> of(Path file) throws IOException {
    List<DraftFile> drafts = new ArrayList<>();
    try (DirectoryStream<Path> found =
        Files.newDirectoryStream(folderOf(file), each -> isDraft(each, file))) {
      found.forEach(each -> drafts.add(new DraftFile(each)));
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
    try (FileChannel channel = FileChannel.open(path, StandardOpenOption.WRITE)) {
      while (content.hasRemaining()) {
        channel.write(content);
      }
      channel.force(true);
    }
    Files.move(path, file); // fails if the file exists
  }

  boolean isEmpty() throws IOException {
    return Files.size(path) == 0;
  }

  void delete() {
    try {
      Files.deleteIfExists(path);
    } catch (IOException stays) {
      LOG.warn("The file {} cannot be deleted", path, stays);
    }
  }

  @Override
  public String toString() {
    return path.toString();
  }
}
