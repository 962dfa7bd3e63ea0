package dev.stele.server.sync;

/** What answering a poll takes, besides the event loop's own view. */
record SyncServices(
    RecentRooms recentRooms,
    StoredRooms storedRooms,
    ChangedRooms changedRooms,
    StoredUserNews userNews,
    TypingNotices typing,
    LazyMembers lazyMembers,
    SyncWriter writer) {}
