package dev.stele.server.http.client;

import dev.stele.server.account.AccountDataChanges;
import dev.stele.server.event.EventCache;
import dev.stele.server.event.EventWriter;
import dev.stele.server.inbox.ToDevice;
import dev.stele.server.outgoing.OutgoingClient;
import dev.stele.server.presence.Presences;
import dev.stele.server.projection.Accounts;
import dev.stele.server.projection.Directories;
import dev.stele.server.projection.Relations;
import dev.stele.server.projection.Rooms;
import dev.stele.server.projection.SearchIndex;
import dev.stele.server.projection.UserData;
import dev.stele.server.record.RecordLog;
import dev.stele.server.room.EventFactory;
import dev.stele.server.room.RoomShards;
import dev.stele.server.settings.Settings;
import dev.stele.server.sync.SyncService;
import dev.stele.server.sync.TypingNotices;
import dev.stele.server.unread.UnreadCounts;
import dev.stele.stateres.version.RoomVersion;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.InstantSource;

/** What {@link RoomApi} builds upon. */
public record RoomServices(
    String serverName,
    RoomVersion defaultVersion,
    InstantSource clock,
    RecordLog log,
    Rooms rooms,
    Relations relations,
    SearchIndex search,
    Directories directories,
    Accounts accounts,
    RoomShards shards,
    EventCache events,
    EventFactory factory,
    EventWriter writer,
    SyncService sync,
    TypingNotices typing,
    Presences presences,
    UnreadCounts unread,
    UserData userData,
    ToDevice toDevice,
    AccountDataChanges accountData,
    OutgoingClient outgoing,
    Settings settings,
    MeterRegistry meters) {}
