/**
 * Messages that go to devices rather than into rooms. Client-server API, "Send-to-Device
 * messaging".
 *
 * <p>{@link dev.stele.server.inbox.ToDevice} sends them; {@link
 * dev.stele.server.projection.Inboxes} is where they wait; {@link
 * dev.stele.server.inbox.DeliveryProofs} takes them away once a device has surely received them.
 */
@NullMarked
@CheckReturnValue
package dev.stele.server.inbox;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
