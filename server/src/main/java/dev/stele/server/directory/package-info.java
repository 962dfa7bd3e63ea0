/**
 * Finding rooms from outside: who may know what of a room that they are not in, and which rooms a
 * space holds.
 *
 * <p>Start at {@link dev.stele.server.directory.RoomPreviews}.
 */
@NullMarked
@CheckReturnValue
package dev.stele.server.directory;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
