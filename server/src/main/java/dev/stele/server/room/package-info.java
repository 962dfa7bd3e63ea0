/**
 * Rooms, where commands become events.
 *
 * <p>{@link dev.stele.server.room.RoomShards} is the door: it hands each command to the event loop
 * that its room lives on. There {@link dev.stele.server.room.Room} takes one command at a time: a
 * {@link dev.stele.server.room.RoomCommand} decides what events it asks for, {@link
 * dev.stele.server.room.EventFactory} builds and signs them, the room version's rules authorise
 * them, and the log keeps them. No command knows of HTTP, and none reads the database.
 */
@NullMarked
@CheckReturnValue
package dev.stele.server.room;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
