/**
 * {@code /sync}: who is waiting for what, and what they are told.
 *
 * <p>Start at {@link dev.stele.server.sync.SyncService}. Every event loop has a {@link
 * dev.stele.server.sync.LiveView} of its own: the newest records ({@link
 * dev.stele.server.sync.Window}), the users that poll on that loop ({@link
 * dev.stele.server.sync.ActiveUsers}), what it knows of their rooms ({@link
 * dev.stele.server.sync.KnownRooms}) and their waiting polls ({@link dev.stele.server.sync.Polls});
 * it is touched by that loop alone, so nothing here locks. A poll whose token lies within the
 * newest records is answered from memory ({@link dev.stele.server.sync.RecentRooms}); an older one
 * asks the projections ({@link dev.stele.server.sync.StoredRooms}). {@link
 * dev.stele.server.sync.RoomPlanner} decides which rooms can have news at all.
 *
 * <p>Simplified sliding sync reads rooms in the same two ways: {@link
 * dev.stele.server.sync.SlidingReader}.
 */
@NullMarked
@CheckReturnValue
package dev.stele.server.sync;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
