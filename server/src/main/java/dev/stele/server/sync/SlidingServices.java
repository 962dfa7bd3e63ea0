package dev.stele.server.sync;

import dev.stele.server.event.ClientEvents;
import dev.stele.server.projection.Rooms;
import dev.stele.server.sliding.Connections;

/** What simplified sliding sync takes besides what {@code /sync} does. */
record SlidingServices(
    SyncServices sync,
    Rooms rooms,
    ClientEvents events,
    Connections connections,
    SlidingWriter writer) {}
