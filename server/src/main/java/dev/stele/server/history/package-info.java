/**
 * What a user may see of a room. {@link dev.stele.server.history.VisibleHistory} is the one place
 * where history visibility is decided; every read path goes through it.
 */
@NullMarked
@CheckReturnValue
package dev.stele.server.history;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
