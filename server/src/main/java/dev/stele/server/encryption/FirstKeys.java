package dev.stele.server.encryption;

import dev.stele.api.MatrixError;
import dev.stele.server.record.Fact;
import java.util.List;

/** What is decided of the keys of a device that is yet to be opened. */
sealed interface FirstKeys {
  /** They are good: this is to be appended, after the opening of the device. */
  record Accepted(List<Fact> facts) implements FirstKeys {
    public Accepted {
      facts = List.copyOf(facts);
    }
  }

  /** There can be no such device. */
  record Refused(MatrixError error) implements FirstKeys {}
}
