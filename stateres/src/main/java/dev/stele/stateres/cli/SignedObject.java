package dev.stele.stateres.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.stele.stateres.event.EventHashes;
import dev.stele.stateres.event.Redaction;
import dev.stele.stateres.json.CanonicalJson.Numbers;
import dev.stele.stateres.sign.JsonSignatures;
import dev.stele.stateres.version.EventIdFormat;
import dev.stele.stateres.version.RoomVersion;
import org.jspecify.annotations.Nullable;

/**
 * What is signed: an event, whose signatures cover its redacted form, or any other object.
 *
 * @param version the version of the event's room; null when it is no event
 */
record SignedObject(ObjectNode json, @Nullable RoomVersion version) {

  static SignedObject of(Options options) {
    if (options.has("event") == options.has("object")) {
      throw new BadInput("expected either --event or --object");
    }
    return options.has("event")
        ? new SignedObject(eventOf(options), options.roomVersion())
        : new SignedObject(options.files().object(options.required("object")), null);
  }

  /** The event, without the id beside it where the version's events carry none. */
  static ObjectNode eventOf(Options options) {
    ObjectNode event = options.files().object(options.required("event"));
    if (options.roomVersion().eventIdFormat() != EventIdFormat.GIVEN) {
      event.remove("event_id");
    }
    return event;
  }

  byte[] signedBytes() {
    return version == null
        ? JsonSignatures.signedBytes(json, Numbers.STRICT)
        : JsonSignatures.signedBytes(
            Redaction.redact(version, json), EventHashes.numbersOf(version));
  }
}
