package dev.stele.server.cli;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/**
 * The directory below which all state lies, held by this process alone. The system frees it when
 * the process ends, however it ends.
 *
 * @param isNew whether it was made just now
 */
record DataDirectory(Path path, boolean isNew, FileChannel lock) implements AutoCloseable {
  private static final String LOCK_FILE = "stele.lock";
  private static final FileAttribute<Set<PosixFilePermission>> OWNER_ONLY =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));

  /**
   * Takes the directory, and makes it if need be, for its owner alone.
   *
   * @throws CannotRun when it cannot be made, or another process holds it
   */
  static DataDirectory take(Path path) {
    try {
      boolean isNew = make(path);
      return new DataDirectory(path, isNew, lock(path));
    } catch (FileAlreadyExistsException e) {
      throw new CannotRun("data_dir: " + path + " (expected: a directory)", e);
    } catch (IOException e) {
      throw new CannotRun("data_dir: " + path + " cannot be used: " + e, e);
    }
  }

  @Override
  public void close() {
    try {
      lock.close();
    } catch (IOException e) {
      throw new CannotRun("data_dir: " + path + " cannot be given back: " + e, e);
    }
  }

  private static boolean make(Path path) throws IOException {
    if (Files.isDirectory(path)) {
      return false;
    }
    Path parent = path.getParent();
    if (parent != null) {
      Files.createDirectories(parent);
    }
    Files.createDirectory(path, OWNER_ONLY);
    return true;
  }

  private static FileChannel lock(Path path) throws IOException {
    FileChannel channel =
        FileChannel.open(
            path.resolve(LOCK_FILE), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    try {
      if (channel.tryLock() != null) {
        return channel;
      }
    } catch (OverlappingFileLockException e) {
      // Held by this very process; refused as if it were another.
    }
    channel.close();
    throw new CannotRun("data_dir: " + path + " is in use by another Stele");
  }
}
