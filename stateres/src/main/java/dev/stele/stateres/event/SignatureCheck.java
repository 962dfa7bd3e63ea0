package dev.stele.stateres.event;

import java.util.Map;
import java.util.Set;

/** What came of checking an event's signatures. */
public sealed interface SignatureCheck {

  /** Every server that must have signed has, with a known key. */
  record Valid() implements SignatureCheck {
    static final Valid INSTANCE = new Valid();
  }

  /**
   * No usable key is known of some server that must have signed. Whoever can fetch these keys may
   * check again; otherwise the event counts as not signed.
   *
   * @param keyIds by server, the ids of the keys that it claims to have signed with
   */
  record KeysMissing(Map<String, Set<String>> keyIds) implements SignatureCheck {
    /** Makes the map immutable. */
    public KeysMissing {
      keyIds = Map.copyOf(keyIds);
    }
  }

  /**
   * A server that must have signed has not, or its signature is wrong.
   *
   * @param serverName the server
   * @param message what is wrong, for people
   */
  record Invalid(String serverName, String message) implements SignatureCheck {}
}
