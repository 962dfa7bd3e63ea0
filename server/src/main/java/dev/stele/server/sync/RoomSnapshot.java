package dev.stele.server.sync;

import dev.stele.server.event.ShownEvent;
import dev.stele.server.history.PageToken;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A room as a user finds it.
 *
 * @param roomId the room
 * @param messages what was said last, in order
 * @param start where what was said before can be read; null if that is nothing
 * @param end where the messages end
 * @param state the state that the user may know, in no particular order
 * @param members members to tell besides, who are too many to be read at once; null if there are
 *     none
 * @param listed whether the room directory lists it
 */
public record RoomSnapshot(
    String roomId,
    List<ShownEvent> messages,
    @Nullable PageToken start,
    PageToken end,
    List<ShownEvent> state,
    @Nullable ManyMembers members,
    boolean listed) {}
