package dev.stele.stateres.version;

/** Where an event's id comes from. */
public enum EventIdFormat {
  /** The sender's server chose it and put it into the event: versions 1 and 2. */
  GIVEN,
  /** The reference hash in standard unpadded Base64: version 3. */
  BASE64_HASH,
  /** The reference hash in URL-safe unpadded Base64: version 4 and later. */
  URL_SAFE_HASH
}
