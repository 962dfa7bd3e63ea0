/**
 * Searching what was said. {@link dev.stele.server.search.RoomSearch} asks the index, then leaves
 * out what the user may not see; the index itself knows of no permissions.
 */
@NullMarked
@CheckReturnValue
package dev.stele.server.search;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
