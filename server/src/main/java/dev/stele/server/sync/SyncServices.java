package dev.stele.server.sync;

import dev.stele.server.presence.Presences;
import dev.stele.server.unread.UnreadCounts;

/** What answering a poll takes, besides the event loop's own view. */
record SyncServices(
    RecentRooms recentRooms,
    StoredRooms storedRooms,
    ChangedRooms changedRooms,
    StoredUserNews userNews,
    TypingNotices typing,
    LazyMembers lazyMembers,
    UnreadCounts unread,
    Presences presences,
    DeviceNewsReader devices,
    SyncWriter writer) {}
