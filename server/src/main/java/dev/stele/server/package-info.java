/**
 * The homeserver as a whole: {@link dev.stele.server.Main} is the process, around everything else.
 */
@NullMarked
@CheckReturnValue
package dev.stele.server;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
