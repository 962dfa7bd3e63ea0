package dev.stele.server.http.client;

import dev.stele.server.event.ClientEvents;
import dev.stele.server.event.ShownEvent;
import dev.stele.server.event.Viewer;
import dev.stele.server.http.Reply;
import dev.stele.server.projection.StateRow;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Answers with all of a room's state, or all of its members. They are read and written a page at a
 * time, so that no room is too large to be shown, and others are served between two pages.
 * Thread-safe.
 */
final class StateStream {
  private static final int PAGE = 500;

  private final ClientEvents events;
  private final EventReplies replies;

  StateStream(ClientEvents events, EventReplies replies) {
    this.events = events;
    this.replies = replies;
  }

  /** Reads pages of state. */
  @FunctionalInterface
  interface Pages {
    /**
     * Up to {@code limit} rows.
     *
     * @param last the last one of the page before; null for the first page
     */
    Future<List<StateRow>> after(@Nullable StateRow last, int limit);
  }

  /** What is around the pieces in the answer. */
  record Frame(String head, String tail) {}

  /** An answer whose pieces are events, separated by commas. */
  Reply events(Frame frame, Pages pages, Predicate<StateRow> wanted, Viewer viewer) {
    return of(frame, pages, wanted, shown -> replies.items(shown, viewer));
  }

  /**
   * An answer.
   *
   * @param write writes the pieces of a page, without what is around them
   */
  Reply of(
      Frame frame,
      Pages pages,
      Predicate<StateRow> wanted,
      Function<List<ShownEvent>, Buffer> write) {
    return new Reply.Streamed(
        outlet -> new Writing(frame, pages, wanted, write, outlet).next(null, true));
  }

  /** One answer that is being written. */
  private final class Writing {
    private final Frame frame;
    private final Pages pages;
    private final Predicate<StateRow> wanted;
    private final Function<List<ShownEvent>, Buffer> write;
    private final Function<Buffer, Future<Void>> outlet;

    Writing(
        Frame frame,
        Pages pages,
        Predicate<StateRow> wanted,
        Function<List<ShownEvent>, Buffer> write,
        Function<Buffer, Future<Void>> outlet) {
      this.frame = frame;
      this.pages = pages;
      this.wanted = wanted;
      this.write = write;
      this.outlet = outlet;
    }

    /**
     * Writes all that comes after a piece.
     *
     * @param first whether no piece was written yet
     */
    Future<Void> next(@Nullable StateRow last, boolean first) {
      return pages
          .after(last, PAGE)
          .compose(
              rows ->
                  events
                      .pass(rows.stream().filter(wanted).map(StateRow::event).toList())
                      .compose(shown -> page(rows, write.apply(shown), last == null, first)));
    }

    private Future<Void> page(List<StateRow> rows, Buffer items, boolean start, boolean first) {
      boolean end = rows.size() < PAGE;
      Buffer piece = Buffer.buffer(start ? frame.head : "");
      if (items.length() > 0) {
        piece.appendString(first ? "" : ",").appendBuffer(items);
      }
      piece.appendString(end ? frame.tail : "");
      Future<Void> written = piece.length() == 0 ? Future.succeededFuture() : outlet.apply(piece);
      return end
          ? written
          : written.compose(done -> next(rows.get(rows.size() - 1), first && items.length() == 0));
    }
  }
}
