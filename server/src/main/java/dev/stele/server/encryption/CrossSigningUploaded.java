package dev.stele.server.encryption;

import dev.stele.api.MatrixError;

/** What became of a {@link CrossSigningUpload}. */
public sealed interface CrossSigningUploaded {
  /** The keys are stored. */
  record Stored() implements CrossSigningUploaded {}

  /** Nothing was stored: the user has to confirm that keys are to be replaced. */
  record Unconfirmed() implements CrossSigningUploaded {}

  /** Nothing was stored. */
  record Refused(MatrixError error) implements CrossSigningUploaded {}
}
