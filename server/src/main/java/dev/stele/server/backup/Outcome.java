package dev.stele.server.backup;

import dev.stele.api.MatrixError;
import dev.stele.server.projection.BackupRow;

/** What became of a wish. */
public sealed interface Outcome {
  /** It is done; this is the backup now. */
  record Done(BackupRow backup) implements Outcome {}

  /** It was refused; nothing was written. */
  record Refused(MatrixError error) implements Outcome {}
}
