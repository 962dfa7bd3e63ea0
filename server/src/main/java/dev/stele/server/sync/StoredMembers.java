package dev.stele.server.sync;

import dev.stele.server.event.ClientEvents;
import dev.stele.server.event.ShownEvent;
import dev.stele.server.projection.Rooms;
import dev.stele.server.projection.StateRow;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The members of rooms that have very many, from the projections: a page at a time, so that neither
 * memory nor event loops are taken up by them. Thread-safe.
 */
final class StoredMembers {
  private static final int PAGE = 500;

  private final Rooms rooms;
  private final ClientEvents events;

  StoredMembers(Rooms rooms, ClientEvents events) {
    this.rooms = rooms;
    this.events = events;
  }

  /**
   * Reads them.
   *
   * @param taker takes the next ones; its future completes when it can take more
   */
  Future<Void> read(ManyMembers members, Function<List<ShownEvent>, Future<Void>> taker) {
    return read(members, taker, null, List.of());
  }

  /**
   * Reads on.
   *
   * @param last the row to go on after
   * @param open the rows of a member of whom there may be more
   */
  private Future<Void> read(
      ManyMembers members,
      Function<List<ShownEvent>, Future<Void>> taker,
      @Nullable StateRow last,
      List<StateRow> open) {
    return rooms
        .statePages()
        .members(members.roomId(), last, PAGE)
        .compose(
            page -> {
              List<StateRow> rows = new ArrayList<>(open);
              rows.addAll(page);
              boolean end = page.size() < PAGE;
              int whole = end ? rows.size() : startOfLast(rows);
              return show(members, rows.subList(0, whole))
                  .compose(taker)
                  .compose(
                      taken ->
                          end
                              ? Future.succeededFuture()
                              : read(
                                  members,
                                  taker,
                                  rows.get(rows.size() - 1),
                                  List.copyOf(rows.subList(whole, rows.size()))));
            });
  }

  /** Where the rows of the last member begin. */
  private static int startOfLast(List<StateRow> rows) {
    String key = rows.get(rows.size() - 1).stateKey();
    int start = rows.size() - 1;
    while (start > 0 && rows.get(start - 1).stateKey().equals(key)) {
      start--;
    }
    return start;
  }

  private Future<List<ShownEvent>> show(ManyMembers members, List<StateRow> rows) {
    List<StateRow> delta = StateDelta.of(rows, members.start(), members.end(), members.shown());
    return events.pass(delta.stream().map(StateRow::event).toList());
  }
}
