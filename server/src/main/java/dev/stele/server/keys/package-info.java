/** The server's own keys, at rest and in use. */
@NullMarked
@CheckReturnValue
package dev.stele.server.keys;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
