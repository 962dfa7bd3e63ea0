/**
 * Requests to other servers that users or their clients name. Every address is checked after it is
 * resolved, so that nobody can make this server talk to what only it can reach.
 */
@NullMarked
@CheckReturnValue
package dev.stele.server.outgoing;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
