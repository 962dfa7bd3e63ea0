package dev.stele.server.search;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.stele.server.event.ShownEvent;
import dev.stele.server.history.EventContext;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A result.
 *
 * @param roomId the room
 * @param event the event, with its bundle
 * @param rank how well it matches
 * @param context what is around it, if that was asked for
 * @param profiles the profiles of those who speak in the context, if they were asked for
 */
public record Found(
    String roomId,
    ShownEvent event,
    double rank,
    @Nullable EventContext context,
    @Nullable Map<String, ObjectNode> profiles) {}
