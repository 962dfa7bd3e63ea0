package dev.stele.eventstore;

import org.jspecify.annotations.Nullable;

/**
 * One committed entry of the log.
 *
 * @param position the place in the total order; 1 is the first, and there are no gaps
 * @param stream what the record is about
 * @param kind the record's type
 * @param recordedAt when it was appended, in milliseconds since the Unix epoch
 * @param skeleton JSON text that stays for good
 * @param content JSON text, or null when the record has none or it was erased
 * @param decoded the writer's decoded form, on the node that wrote it; null when read from disk
 */
public record LogRecord(
    long position,
    String stream,
    String kind,
    long recordedAt,
    String skeleton,
    @Nullable String content,
    @Nullable Object decoded) {}
