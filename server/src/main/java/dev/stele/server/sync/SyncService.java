package dev.stele.server.sync;

import dev.stele.server.event.ClientEvents;
import dev.stele.server.event.EventCache;
import dev.stele.server.event.EventWriter;
import dev.stele.server.history.Aggregations;
import dev.stele.server.inbox.DeliveryProofs;
import dev.stele.server.inbox.InboxToken;
import dev.stele.server.presence.Presences;
import dev.stele.server.projection.DeviceLists;
import dev.stele.server.projection.EncryptionKeys;
import dev.stele.server.projection.Inboxes;
import dev.stele.server.projection.Relations;
import dev.stele.server.projection.Rooms;
import dev.stele.server.projection.UserData;
import dev.stele.server.record.RecordLog;
import dev.stele.server.sliding.Connections;
import dev.stele.server.unread.UnreadCounts;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.internal.ContextInternal;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

/**
 * Answers {@code /sync}. Thread-safe; every event loop that polls arrive on gets a view of its own.
 */
public final class SyncService {
  private final Vertx vertx;
  private final RecordLog log;
  private final JoinedRooms joined;
  private final ActiveUsers.Stored stored;
  private final EventCache events;
  private final SyncServices services;
  private final SlidingServices sliding;
  private final SyncLimits limits;
  private final AtomicInteger loops = new AtomicInteger();
  private final Map<Context, LiveView> views = new ConcurrentHashMap<>();

  public SyncService(
      Vertx vertx,
      RecordLog log,
      Rooms rooms,
      EventCache events,
      EventWriter writer,
      UserData userData,
      Inboxes inboxes,
      EncryptionKeys keys,
      DeviceLists deviceLists,
      Relations relations,
      TypingNotices typing,
      UnreadCounts unread,
      Presences presences,
      SyncLimits limits,
      MeterRegistry metrics) {
    this.vertx = vertx;
    this.log = log;
    this.joined = new JoinedRooms(log, rooms);
    this.stored = new ActiveUsers.Stored(rooms, userData, keys, joined);
    this.events = events;
    this.limits = limits;
    ClientEvents shown = new ClientEvents(events);
    LazyMembers lazyMembers = new LazyMembers();
    lazyMembers.monitor(metrics);
    Bundles bundles = new Bundles(rooms, relations, new Aggregations(relations, shown));
    this.services =
        new SyncServices(
            new RecentRooms(shown, new RecentMembers(rooms.many(), lazyMembers), bundles),
            new StoredRooms(rooms, shown, lazyMembers, bundles),
            new ChangedRooms(rooms.many(), userData),
            new StoredUserNews(userData),
            typing,
            lazyMembers,
            unread,
            presences,
            new DeviceNewsReader(
                new DeviceInbox(inboxes, new DeliveryProofs(log, inboxes, metrics)),
                new DeviceListReader(deviceLists, joined)),
            new SyncWriter(writer));
    this.sliding =
        new SlidingServices(services, shown, new Connections(metrics), new SlidingWriter(writer));
    typing.listen(this::wakeRoom);
    presences.listen(this::wakeRooms);
    Gauge.builder("stele.sync.waiting", this, SyncService::waiting)
        .description("Polls that wait for something to tell")
        .register(metrics);
    new LiveMeters(metrics).monitor(views.values(), joined);
  }

  /** Whether a token can have come from this server: it names nothing that has not happened yet. */
  public boolean knows(SyncToken token) {
    return token.position() <= log.committed() && (token.inbox() == null || knows(token.inbox()));
  }

  /** Whether a token can have come from this server. */
  public boolean knows(InboxToken token) {
    return token.position() <= log.committed();
  }

  /**
   * Whose devices a user has to look at anew since a token, and whose no longer. To be called on an
   * event loop, where the future completes.
   */
  public Future<DeviceLists.News> deviceLists(String userId, SyncToken from) {
    LiveView view = view();
    return view.reached(log.committed())
        .compose(reached -> view.users().get(userId))
        .compose(user -> services.devices().lists().stored(view, user, from.position()));
  }

  /**
   * Answers a request. To be called on the event loop that it arrived on, where the future
   * completes.
   *
   * @param tokenId what the access token of the request is known by; it ends when that is void
   * @param clientGone completes if nobody waits for the answer any more
   * @param outlet takes the beginning of an answer that is too large to be held, while the rest is
   *     still read; its future completes when it can take more. What completes is the rest, then
   */
  public Future<Polled> sync(
      SyncRequest request,
      String tokenId,
      Future<Void> clientGone,
      Function<Buffer, Future<Void>> outlet) {
    LiveView view = view();
    long began = log.committed();
    services.devices().inbox().goesOn(request.viewer(), request.inbox());
    return view.reached(began)
        .compose(reached -> view.users().get(request.viewer().userId()))
        .compose(
            user ->
                new Poll(
                        view,
                        user,
                        new Poll.Terms(
                            request.viewer().deviceId(),
                            tokenId,
                            request.waiting(),
                            isUpToDate(view, request)),
                        () -> new NewsReader(services, view, user, request, outlet).read())
                    .start(clientGone));
  }

  /**
   * Whether a client knows all that there is as of now: the rule in a crowd of polls that were all
   * woken by the same message. What its token does not count it might not know.
   */
  private boolean isUpToDate(LiveView view, SyncRequest request) {
    SyncToken since = request.since();
    InboxToken inbox = request.inbox();
    return since != null
        && inbox != null
        && since.position() == view.position()
        && since.ephemeral() == services.typing().count()
        && inbox.position() == since.position()
        && inbox.isOf(request.viewer().userId(), request.viewer().deviceId());
  }

  /**
   * Answers a request of simplified sliding sync, as {@link #sync} does.
   *
   * @param tokenId what the access token of the request is known by; it ends when that is void
   * @param clientGone completes if nobody waits for the answer any more
   */
  public Future<Polled> sliding(
      SlidingAsked asked,
      String tokenId,
      Future<Void> clientGone,
      Function<Buffer, Future<Void>> outlet) {
    LiveView view = view();
    long began = log.committed();
    services.devices().inbox().goesOn(asked.viewer(), asked.inbox());
    Duration wait = asked.base().state().isNew() ? Duration.ZERO : asked.timeout();
    return view.reached(began)
        .compose(reached -> view.users().get(asked.viewer().userId()))
        .compose(
            user ->
                new Poll(
                        view,
                        user,
                        new Poll.Terms(asked.viewer().deviceId(), tokenId, wait, false),
                        () -> new SlidingReader(sliding, view, user, asked, outlet).read())
                    .start(clientGone));
  }

  /** The connections of simplified sliding sync. */
  public Connections connections() {
    return sliding.connections();
  }

  /** The view of the event loop that this is called on. */
  private LiveView view() {
    // A request has a context of its own; the view belongs to the event loop's.
    Context context = ((ContextInternal) vertx.getOrCreateContext()).unwrap();
    return views.computeIfAbsent(
        context, on -> new LiveView(loops.getAndIncrement(), on, log, stored, events, limits));
  }

  /** Stops following the log. */
  public Future<Void> close() {
    return Future.all(views.values().stream().map(LiveView::close).toList())
        .eventually(joined::close)
        .mapEmpty();
  }

  private long waiting() {
    return views.values().stream().mapToLong(view -> view.polls().waiting()).sum();
  }

  private Future<Void> wakeRooms(Collection<String> roomIds) {
    return Future.all(views.values().stream().map(view -> view.wakeRooms(roomIds)).toList())
        .mapEmpty();
  }

  private Future<Void> wakeRoom(String roomId) {
    return wakeRooms(List.of(roomId));
  }
}
