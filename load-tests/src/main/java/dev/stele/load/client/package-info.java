/**
 * Users of a homeserver and their connections: {@link dev.stele.load.client.User} makes requests,
 * each on the event loop that the user keeps for life.
 */
@NullMarked
@CheckReturnValue
package dev.stele.load.client;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
