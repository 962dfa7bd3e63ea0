/**
 * Room versions as data: each reads as its difference from the one before.
 *
 * <p>Start at {@link dev.stele.stateres.version.RoomVersion}.
 */
@NullMarked
@CheckReturnValue
package dev.stele.stateres.version;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
