package dev.stele.stateres.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.stele.stateres.event.EventHashes;
import dev.stele.stateres.sign.Base64Unpadded;
import dev.stele.stateres.version.EventIdFormat;
import dev.stele.stateres.version.RoomVersion;
import java.util.Set;

/** Prints the hashes of an event, and the id that it has by them. */
final class Hash implements Command {

  @Override
  public Set<String> options() {
    return Set.of("room-version", "event");
  }

  @Override
  public JsonNode run(Options options) {
    RoomVersion version = options.roomVersion();
    ObjectNode event = SignedObject.eventOf(options);
    ObjectNode hashes = JsonNodeFactory.instance.objectNode();
    hashes.put("content_hash", Base64Unpadded.encode(EventHashes.contentHash(version, event)));
    byte[] reference = EventHashes.referenceHash(version, event);
    hashes.put("reference_hash", Base64Unpadded.encode(reference));
    if (version.eventIdFormat() == EventIdFormat.GIVEN) {
      hashes.set("event_id", event.get("event_id"));
    } else {
      hashes.put("event_id", EventHashes.eventId(version, reference));
    }
    return hashes;
  }
}
