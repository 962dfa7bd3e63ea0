package dev.stele.eventstore.embedded;

import java.nio.file.Path;

/** Another handle, in this process or in another one, runs its PostgreSQL in the directory. */
public final class DataDirectoryInUse extends RuntimeException {
  private static final long serialVersionUID = 1L;

  DataDirectoryInUse(Path directory) {
    super("database directory is in use by another server: " + directory, null, false, false);
  }
}
