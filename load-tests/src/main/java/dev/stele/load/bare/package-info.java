/** A server that does the least a server can: the ceiling that homeservers are measured against. */
@NullMarked
@CheckReturnValue
package dev.stele.load.bare;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
