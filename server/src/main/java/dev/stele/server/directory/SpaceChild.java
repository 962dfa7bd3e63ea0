package dev.stele.server.directory;

import com.fasterxml.jackson.databind.JsonNode;
import dev.stele.stateres.event.Pdu;
import dev.stele.stateres.id.RoomId;
import java.util.Comparator;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A room that a space holds. Client-server API, "m.space.child relationship".
 *
 * @param event the event that says so
 * @param order what it is ordered by, or null
 * @param suggested whether the space recommends it
 */
public record SpaceChild(Pdu event, @Nullable String order, boolean suggested) {
  /** By order, then by time, then by room id; those without an order come last. */
  static final Comparator<SpaceChild> ORDER =
      Comparator.comparing(SpaceChild::order, Comparator.nullsLast(Comparator.naturalOrder()))
          .thenComparingLong(child -> child.event().originServerTs())
          .thenComparing(SpaceChild::roomId);

  private static final Pattern VALID_ORDER = Pattern.compile("[\\x20-\\x7E]{1,50}");

  /** The child that an event tells of; nothing if it tells of none. */
  static Optional<SpaceChild> of(Pdu event) {
    if (RoomId.parse(Objects.requireNonNullElse(event.stateKey(), "")).isEmpty()
        || !isServers(event.content().path("via"))) {
      return Optional.empty();
    }
    String order = event.contentText("order");
    return Optional.of(
        new SpaceChild(
            event,
            order != null && VALID_ORDER.matcher(order).matches() ? order : null,
            event.content().path("suggested").isBoolean()
                && event.content().path("suggested").booleanValue()));
  }

  /** The room. */
  public String roomId() {
    return event.key().stateKey();
  }

  private static boolean isServers(JsonNode via) {
    for (JsonNode server : via) {
      if (!server.isTextual()) {
        return false;
      }
    }
    return via.isArray() && !via.isEmpty();
  }
}
