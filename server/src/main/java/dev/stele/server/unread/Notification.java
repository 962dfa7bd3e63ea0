package dev.stele.server.unread;

import org.jspecify.annotations.Nullable;

/**
 * An event that notifies a user, and those before it: a list, newest first. Immutable.
 *
 * @param position the event's position
 * @param eventId the event
 * @param thread the root of its thread, or {@link Threads#MAIN}
 * @param highlight whether it stands out
 * @param older the one before it, or null
 */
record Notification(
    long position, String eventId, String thread, boolean highlight, @Nullable Notification older) {
  Notification after(@Nullable Notification before) {
    return new Notification(position, eventId, thread, highlight, before);
  }
}
