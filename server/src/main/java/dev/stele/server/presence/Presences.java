package dev.stele.server.presence;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.stele.eventstore.Following;
import dev.stele.server.presence.Presence.State;
import dev.stele.server.projection.Rooms;
import dev.stele.server.record.Entry;
import dev.stele.server.record.RecordLog;
import dev.stele.server.record.RoomEvent;
import dev.stele.stateres.event.Pdu;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.cache.CaffeineCacheMetrics;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Who is online, from what they do. Thread-safe.
 *
 * <p>Only what looks different is a change, and is told to those who share a room that is not very
 * large: in a room of thousands everybody's coming and going would be told to everybody.
 */
public final class Presences {
  /** How many members a room has at most through which presence is told. */
  static final int MAX_MEMBERS = 500;

  private final Vertx vertx;
  private final InstantSource clock;
  private final Rooms rooms;
  private final LongSupplier counter;
  private final boolean enabled;
  private final PresenceNews news = new PresenceNews();
  private final Cache<String, Held> users =
      Caffeine.newBuilder().recordStats().maximumSize(PresenceNews.MAX_USERS).build();
  private volatile @Nullable Following following;
  private volatile Function<Collection<String>, Future<Void>> listener =
      through -> Future.succeededFuture();

  /** An activity with what was told of it, and whether a look at it later is planned. */
  private record Held(Activity activity, Presence told, boolean planned) {}

  /**
   * @param counter counts changes of what is not in the log: each time one more
   * @param enabled whether presence is kept at all; if not, everybody is offline
   */
  public Presences(
      Vertx vertx, InstantSource clock, Rooms rooms, LongSupplier counter, boolean enabled) {
    this.vertx = vertx;
    this.clock = clock;
    this.rooms = rooms;
    this.counter = counter;
    this.enabled = enabled;
  }

  /** Whom to tell that something has changed that is told in these rooms. */
  public void listen(Function<Collection<String>, Future<Void>> told) {
    this.listener = told;
  }

  /** A client sets a user's state. Completes once waiting polls know. */
  public Future<Void> set(String userId, State state, @Nullable String status) {
    return update(userId, activity -> activity.set(state, status, clock.millis()));
  }

  /**
   * A poll of a user begins. Completes once others may know.
   *
   * @param state what it asks to be shown as, if it says so
   */
  public Future<Void> polling(String userId, Optional<State> state) {
    return update(userId, activity -> activity.polling(state.orElse(null), clock.millis()));
  }

  /** A poll of a user has ended. */
  public void polled(String userId) {
    Future<Void> unused = update(userId, activity -> activity.polled(clock.millis()));
  }

  /** Follows the log, in which users are seen to do something. */
  public void follow(RecordLog log) {
    if (enabled) {
      following = log.follow("presence", log.committed(), this::accept);
    }
  }

  /** Stops following the log. */
  public Future<Void> close() {
    Following held = following;
    return held == null ? Future.succeededFuture() : held.close();
  }

  private Future<Void> accept(List<Entry> entries) {
    for (Entry entry : entries) {
      if (entry.fact() instanceof RoomEvent event) {
        if (!event.pdu().isState()) {
          acting(event.pdu().sender());
        } else if (event.pdu().type().equals("m.room.member")) {
          moved(event.pdu());
        }
      }
    }
    return Future.succeededFuture();
  }

  /** Somebody has come into a room, or gone out of it. Who is offline is told of when they come. */
  private void moved(Pdu member) {
    String userId = String.valueOf(member.stateKey());
    if (users.getIfPresent(userId) == null) {
      return;
    }
    if (!"join".equals(member.contentText("membership"))) {
      news.departed(userId, member.roomId());
    } else if (of(userId).state() != State.OFFLINE && !news.isTold(userId, member.roomId())) {
      Future<Void> unused =
          rooms
              .smallRooms(userId, MAX_MEMBERS)
              .compose(through -> arrived(userId, member.roomId(), through));
    }
  }

  private Future<Void> arrived(String userId, String roomId, Collection<String> through) {
    if (!through.contains(roomId)) {
      return Future.succeededFuture();
    }
    news.arrived(userId, roomId, counter);
    return listener.apply(List.of(roomId));
  }

  private void acting(String userId) {
    if (users.getIfPresent(userId) != null) {
      Future<Void> unused = update(userId, activity -> activity.acting(clock.millis()));
    }
  }

  /** A user's presence. */
  public Presence of(String userId) {
    Held held = users.getIfPresent(userId);
    if (held == null) {
      return Presence.unknown(userId);
    }
    Activity activity = held.activity();
    return new Presence(
        userId,
        activity.state(clock.millis()),
        activity.status(),
        activity.lastActive(),
        held.told().count());
  }

  /** What has changed after a count for somebody who is in some rooms. */
  public List<Presence> since(long count, Predicate<String> inRoom) {
    return news.since(count, inRoom);
  }

  /** Everybody in these rooms who is not offline. */
  public List<Presence> present(Collection<String> inRooms) {
    return news.present(inRooms);
  }

  private Future<Void> update(String userId, UnaryOperator<Activity> change) {
    if (!enabled) {
      return Future.succeededFuture();
    }
    Presence[] changed = new Presence[1];
    boolean[] plan = new boolean[1];
    Held held =
        users
            .asMap()
            .compute(
                userId,
                (id, before) -> {
                  Held known =
                      before == null
                          ? new Held(Activity.NONE, Presence.unknown(userId), false)
                          : before;
                  Activity activity = change.apply(known.activity());
                  Presence now = presence(userId, activity);
                  boolean same = now.looksAs(known.told());
                  changed[0] = same ? null : now;
                  plan[0] = !known.planned() && activity.changesIn(clock.millis()) > 0;
                  return new Held(activity, same ? known.told() : now, known.planned() || plan[0]);
                });
    if (plan[0]) {
      plan(userId, held.activity());
    }
    if (changed[0] != null) {
      return tell(changed[0]);
    }
    news.touch(userId, held.activity().lastActive());
    return Future.succeededFuture();
  }

  private Presence presence(String userId, Activity activity) {
    return new Presence(
        userId, activity.state(clock.millis()), activity.status(), activity.lastActive(), 0);
  }

  /** Looks again when the state would change if nothing else happens. */
  private void plan(String userId, Activity activity) {
    long unused =
        vertx.setTimer(
            activity.changesIn(clock.millis()),
            timer -> {
              Held passed =
                  users
                      .asMap()
                      .computeIfPresent(
                          userId, (id, held) -> new Held(held.activity(), held.told(), false));
              if (passed != null) {
                look(userId);
              }
            });
  }

  private void look(String userId) {
    Future<Void> unused = update(userId, same -> same);
  }

  private Future<Void> tell(Presence changed) {
    return rooms
        .smallRooms(changed.userId(), MAX_MEMBERS)
        .compose(
            through -> {
              // As it is by now: another change may have been told meanwhile.
              news.put(of(changed.userId()), through, counter);
              return listener.apply(through);
            });
  }

  /** Counts the users whose presence is known. */
  public void monitor(MeterRegistry metrics) {
    CaffeineCacheMetrics.monitor(metrics, users, "stele.presence");
    Gauge.builder("stele.presence.places", news, PresenceNews::places)
        .description("Rooms through which presences are told, counted for each user")
        .register(metrics);
  }
}
