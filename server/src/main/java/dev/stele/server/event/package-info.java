/**
 * Room events as the server holds them in memory and shows them to clients.
 *
 * <p>{@link dev.stele.server.event.EventCache} finds events by id; {@link
 * dev.stele.server.event.ClientEvents} gathers what showing them takes; {@link
 * dev.stele.server.event.EventWriter} writes them into answers. An event's JSON is encoded once and
 * shared by every answer that carries it.
 */
@NullMarked
@CheckReturnValue
package dev.stele.server.event;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
