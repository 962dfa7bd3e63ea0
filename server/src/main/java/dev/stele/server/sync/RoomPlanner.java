package dev.stele.server.sync;

import dev.stele.server.projection.MembershipRow;
import dev.stele.server.sync.SyncAnswer.TypedContent;
import io.vertx.core.Future;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Decides which of a user's rooms can have news, so that the others cost nothing. Belongs to one
 * event loop.
 */
final class RoomPlanner {
  private final SyncServices services;
  private final LiveView view;
  private final ActiveUser user;
  private final SyncRequest request;
  private final long upTo;

  RoomPlanner(
      SyncServices services, LiveView view, ActiveUser user, SyncRequest request, long upTo) {
    this.services = services;
    this.view = view;
    this.user = user;
    this.request = request;
    this.upTo = upTo;
  }

  /**
   * The plan.
   *
   * @param recent whether everything new is among the newest records
   * @param data the user's new account data, by room
   */
  Future<RoomPlan> plan(boolean recent, Future<Map<String, List<TypedContent>>> data) {
    if (recent) {
      RoomPlan plan = new RoomPlan();
      Set<String> withNews = withNewRecords();
      withNews.addAll(data.result().keySet());
      withNews.addAll(withTyping());
      candidates(withNews).forEach(row -> add(plan, row, true));
      return Future.succeededFuture(plan);
    }
    List<MembershipRow> rows = List.copyOf(user.rooms());
    return data.compose(
        found -> {
          if (request.complete()) {
            return Future.succeededFuture(plan(rows, null));
          }
          Set<String> withNews = new HashSet<>(found.keySet());
          withNews.addAll(withTyping());
          return view.here(changed(rows))
              .map(
                  changed -> {
                    withNews.addAll(changed);
                    return plan(rows, withNews);
                  });
        });
  }

  private RoomPlan plan(List<MembershipRow> rows, @Nullable Set<String> only) {
    RoomPlan plan = new RoomPlan();
    for (MembershipRow row : rows) {
      if (only == null || only.contains(row.roomId()) || row.position() > request.after()) {
        add(plan, row, false);
      }
    }
    return plan;
  }

  private Future<Set<String>> changed(List<MembershipRow> rows) {
    List<String> joined =
        rows.stream()
            .filter(row -> row.membership().equals("join") && isWanted(row))
            .map(MembershipRow::roomId)
            .toList();
    return joined.isEmpty()
        ? Future.succeededFuture(Set.of())
        : services.changedRooms().after(joined, user.userId(), request.after());
  }

  /** The rooms that the newest records are about; all of the user's if those are too many. */
  private Set<String> withNewRecords() {
    Optional<Set<String>> found =
        view.window().roomsSince(request.after(), 2 * user.rooms().size() + 100);
    Set<String> rooms = new HashSet<>();
    if (found.isPresent()) {
      rooms.addAll(found.get());
    } else {
      for (MembershipRow row : user.rooms()) {
        if (row.position() > request.after()
            || view.window().hasNews(row.roomId(), request.after())) {
          rooms.add(row.roomId());
        }
      }
    }
    return rooms;
  }

  private Set<String> withTyping() {
    SyncToken since = request.since();
    long after = since == null ? 0 : since.ephemeral();
    return services
        .typing()
        .changedSince(after)
        .orElseGet(
            () -> {
              Set<String> rooms = new HashSet<>();
              for (MembershipRow row : user.rooms()) {
                if (Typists.news(services.typing(), row.roomId(), request, false) != null) {
                  rooms.add(row.roomId());
                }
              }
              return rooms;
            });
  }

  private Collection<MembershipRow> candidates(Set<String> rooms) {
    return rooms.stream().map(user::in).filter(Objects::nonNull).toList();
  }

  private void add(RoomPlan plan, MembershipRow row, boolean recent) {
    if (!isWanted(row) || row.position() > upTo) {
      return;
    }
    boolean changed = request.complete() || row.position() > request.after();
    switch (row.membership()) {
      case "join" ->
          (recent && view.stays().wasThere(row, request.after()) ? plan.recent() : plan.stored())
              .add(row);
      case "invite" -> {
        if (user.refuses(row)) {
          addRefused(plan, row);
        } else if (changed) {
          plan.offers().add(row);
        }
      }
      case "knock" -> {
        if (changed) {
          plan.offers().add(row);
        }
      }
      default -> {
        // What has been forgotten since is told as well: the client may still show it.
        boolean wanted =
            request.since() == null
                ? request.filter().room().includeLeave() && !row.forgotten()
                : row.position() > request.after();
        if (wanted) {
          plan.stored().add(row);
        }
      }
    }
  }

  /** Of an invite that the user refuses they hear nothing, but that they have left before it. */
  private void addRefused(RoomPlan plan, MembershipRow invite) {
    long after = request.after();
    boolean anew = request.since() == null;
    if (!anew && invite.position() > after && view.stays().mayHaveGone(invite, after)) {
      plan.stored().add(invite);
    }
  }

  private boolean isWanted(MembershipRow row) {
    return request.filter().room().rooms().includes(row.roomId());
  }
}
