package dev.stele.server.event;

import org.jspecify.annotations.Nullable;

/**
 * An event with everything that showing it takes.
 *
 * @param event the event, without its content if it was redacted
 * @param replaced the state that it replaced, or null
 * @param redaction the redaction that took its content away, or null
 */
public record ShownEvent(
    KnownEvent event, @Nullable KnownEvent replaced, @Nullable KnownEvent redaction) {}
