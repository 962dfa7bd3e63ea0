package dev.stele.server.sync;

import dev.stele.server.event.ClientEvents;
import dev.stele.server.sliding.Connections;

/** What simplified sliding sync takes besides what {@code /sync} does. */
record SlidingServices(
    SyncServices sync, ClientEvents events, Connections connections, SlidingWriter writer) {}
