package dev.stele.server.encryption;

import dev.stele.api.MatrixError;
import java.util.Map;

/** What became of a {@link KeyUpload}. */
public sealed interface KeysUploaded {
  /**
   * Everything is stored.
   *
   * @param oneTimeKeys how many one-time keys the device has now, by algorithm
   */
  record Stored(Map<String, Integer> oneTimeKeys) implements KeysUploaded {}

  /** Nothing was stored. */
  record Refused(MatrixError error) implements KeysUploaded {}
}
