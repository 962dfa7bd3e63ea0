package dev.stele.eventstore.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * What PostgreSQL says about itself in {@code postmaster.pid}: its process on the first line and,
 * on the eighth, whether it takes connections.
 */
record PidFile(long pid, boolean ready) {
  private static final int STATUS_LINE = 7;

  static Path in(Path data) {
    return data.resolve("postmaster.pid");
  }

  /** Empty while there is no file, or one that is not yet wholly written. */
  static Optional<PidFile> read(Path data) throws IOException {
    try {
      List<String> lines = Files.readAllLines(in(data));
      if (lines.isEmpty()) {
        return Optional.empty();
      }
      boolean ready = lines.size() > STATUS_LINE && lines.get(STATUS_LINE).strip().equals("ready");
      return Optional.of(new PidFile(Long.parseLong(lines.get(0).strip()), ready));
    } catch (NoSuchFileException | NumberFormatException notWritten) {
      return Optional.empty();
    }
  }
}
