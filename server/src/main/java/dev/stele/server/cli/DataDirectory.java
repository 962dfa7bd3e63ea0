package dev.stele.server.cli;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import java.util.stream.Stream;

/** The directory below which all state lies. */
final class DataDirectory {
  private static final FileAttribute<Set<PosixFilePermission>> OWNER_ONLY =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));

  private DataDirectory() {}

  /** Makes the directory if need be, for its owner alone; whether nothing is in it yet. */
  static boolean prepare(Path directory) {
    try {
      if (!Files.isDirectory(directory)) {
        makeParents(directory);
        Files.createDirectory(directory, OWNER_ONLY);
      }
      if (!Files.isWritable(directory)) {
        throw new CannotRun("data_dir: " + directory + " (expected: a directory one may write to)");
      }
      try (Stream<Path> files = Files.list(directory)) {
        return files.findAny().isEmpty();
      }
    } catch (FileAlreadyExistsException e) {
      throw new CannotRun("data_dir: " + directory + " (expected: a directory)", e);
    } catch (IOException e) {
      throw new CannotRun("data_dir: " + directory + " cannot be made: " + e.getMessage(), e);
    }
  }

  private static void makeParents(Path directory) throws IOException {
    Path parent = directory.getParent();
    if (parent != null) {
      Files.createDirectories(parent);
    }
  }
}
