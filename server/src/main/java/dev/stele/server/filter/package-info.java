/**
 * What clients ask to see: filters of events, as {@code /sync} and {@code /messages} take them.
 *
 * <p>{@link dev.stele.server.filter.Filter} is the whole of a stored filter; {@link
 * dev.stele.server.filter.RoomEventFilter} is the part that history and timelines go through.
 * Client-server API, "Filtering".
 */
@NullMarked
@CheckReturnValue
package dev.stele.server.filter;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
