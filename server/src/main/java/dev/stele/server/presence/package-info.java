/**
 * Who is online. Kept in memory only: a restart forgets it. Client-server API, "Presence".
 *
 * <p>{@link dev.stele.server.presence.Presences} is where requests say what users do; {@link
 * dev.stele.server.presence.PresenceNews} is what of it others have not been told yet.
 */
@NullMarked
@CheckReturnValue
package dev.stele.server.presence;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
