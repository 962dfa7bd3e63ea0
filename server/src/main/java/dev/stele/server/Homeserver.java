package dev.stele.server;

import com.github.benmanes.caffeine.cache.Ticker;
import dev.stele.api.RateClass;
import dev.stele.server.event.EventCache;
import dev.stele.server.event.EventWriter;
import dev.stele.server.http.Bindings;
import dev.stele.server.http.Edge;
import dev.stele.server.http.HealthResource;
import dev.stele.server.http.MetricsResource;
import dev.stele.server.http.RateLimiter;
import dev.stele.server.http.RateLimits;
import dev.stele.server.http.client.AccountApi;
import dev.stele.server.http.client.AccountServices;
import dev.stele.server.http.client.RoomApi;
import dev.stele.server.http.client.RoomServices;
import dev.stele.server.inbox.ToDevice;
import dev.stele.server.keys.ServerKeys;
import dev.stele.server.outgoing.AddressPolicy;
import dev.stele.server.outgoing.OutgoingClient;
import dev.stele.server.presence.Presences;
import dev.stele.server.room.EventFactory;
import dev.stele.server.room.RoomShards;
import dev.stele.server.settings.Settings;
import dev.stele.server.sync.SyncLimits;
import dev.stele.server.sync.SyncService;
import dev.stele.server.sync.TypingNotices;
import dev.stele.server.unread.UnreadCounts;
import dev.stele.stateres.sign.SigningKey;
import dev.stele.stateres.version.RoomVersion;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import java.time.InstantSource;
import java.util.List;

/**
 * A Matrix homeserver. The composition root: everything that lives as long as the server is made
 * here and handed to whoever needs it, so that several servers can live in one JVM.
 */
public final class Homeserver {
  /** One event loop for each core serves requests, and as many decide about rooms. */
  private static final int LOOPS = Runtime.getRuntime().availableProcessors();

  private static final long EVENT_CACHE_BYTES = 48L << 20;

  private final DataLayer data;
  private final Parts parts;
  private final Front front;
  private final Meters meters;

  private Homeserver(DataLayer data, Parts parts, Front front, Meters meters) {
    this.data = data;
    this.parts = parts;
    this.front = front;
    this.meters = meters;
  }

  /**
   * Starts a homeserver. The future completes once every listener answers; it fails with an
   * exception whose message is for the operator when the settings cannot be met, with nothing left
   * behind.
   */
  public static Future<Homeserver> deploy(Vertx vertx, Settings settings) {
    return deploy(vertx, settings, Embedding.listening());
  }

  /** As {@link #deploy(Vertx, Settings)}, as a part of an application. */
  public static Future<Homeserver> deploy(Vertx vertx, Settings settings, Embedding embedding) {
    return deploy(vertx, settings, embedding, SyncLimits.ofThisProcess());
  }

  static Future<Homeserver> deploy(
      Vertx vertx, Settings settings, Embedding embedding, SyncLimits limits) {
    InstantSource clock = InstantSource.system();
    Meters meters = new Meters();
    Future<SigningKey> key =
        vertx.executeBlocking(() -> ServerKeys.signingKey(settings.dataDir()), false);
    return DataLayer.open(vertx, settings, clock, meters.registry())
        .compose(
            data ->
                OnFailure.close(
                    key.compose(
                            signer -> parts(vertx, settings, clock, meters, limits, data, signer))
                        .compose(
                            parts ->
                                Front.open(vertx, settings, embedding, parts.edge, LOOPS)
                                    .map(front -> new Homeserver(data, parts, front, meters))),
                    data::close));
  }

  /**
   * Serves requests that come in at a server of the application, in the same Vert.x: every path
   * that begins with {@code /_matrix/}, {@code /_synapse/} or {@code /.well-known/matrix/}, and the
   * plain ones such as {@code /ready}, as they are, without a prefix of the application's. To be
   * called before anybody has begun to read the body. Whether accounts may be made is as on
   * listeners that are not on loopback.
   */
  public Handler<HttpServerRequest> handler() {
    return front.handler();
  }

  /** The ports it is bound to, in the order of the listeners of its settings. */
  public List<Integer> ports() {
    return front.ports();
  }

  /** Completes with the reason when the server cannot go on, and never otherwise. */
  public Future<String> failure() {
    return data.storage().failure();
  }

  /**
   * Says at {@code /ready} from now on that no more requests should be sent here. Those that come
   * all the same are served, until it is closed.
   */
  public void drain() {
    parts.readiness.drain();
  }

  /** Ends it: answers what it has accepted, then stops listening and stops its database. */
  public Future<Void> close() {
    drain();
    return front
        .close()
        .eventually(parts.sync::close)
        .eventually(parts.rooms::close)
        .eventually(parts.presences::close)
        .eventually(parts.accounts::close)
        .eventually(parts.outgoing::close)
        .eventually(data::close)
        .eventually(meters::close);
  }

  /** Putting everything together loads many classes, which is no work for an event loop. */
  private static Future<Parts> parts(
      Vertx vertx,
      Settings settings,
      InstantSource clock,
      Meters meters,
      SyncLimits limits,
      DataLayer data,
      SigningKey key) {
    return vertx.executeBlocking(
        () -> assemble(vertx, settings, clock, meters, limits, data, key), false);
  }

  /** What lives as long as the server and has to be ended with it, or listens for it. */
  private record Parts(
      Edge edge,
      AccountApi accounts,
      RoomApi rooms,
      SyncService sync,
      Presences presences,
      OutgoingClient outgoing,
      Readiness readiness) {}

  private static Parts assemble(
      Vertx vertx,
      Settings settings,
      InstantSource clock,
      Meters meters,
      SyncLimits limits,
      DataLayer data,
      SigningKey key) {
    EventCache events = new EventCache(data.log(), EVENT_CACHE_BYTES, meters.registry());
    EventFactory factory = new EventFactory(settings.serverName(), key, clock);
    RoomShards shards = new RoomShards(vertx, LOOPS, data.log(), data.rooms(), events, factory);
    shards.monitor(meters.registry());
    EventWriter writer = new EventWriter(clock);
    TypingNotices typing = new TypingNotices(vertx, clock);
    typing.monitor(meters.registry());
    UnreadCounts unread =
        new UnreadCounts(data.rooms(), data.userData(), events, meters.registry());
    Presences presences =
        new Presences(vertx, clock, data.rooms(), typing::next, settings.presence().enabled());
    presences.follow(data.log());
    presences.monitor(meters.registry());
    OutgoingClient outgoing =
        new OutgoingClient(
            vertx, AddressPolicy.of(settings), settings.unsafe().insecureOutboundTls());
    outgoing.monitor(meters.registry());
    SyncService sync =
        new SyncService(
            vertx,
            data.log(),
            data.rooms(),
            events,
            writer,
            data.userData(),
            data.inboxes(),
            data.encryptionKeys(),
            data.deviceLists(),
            data.relations(),
            typing,
            unread,
            presences,
            limits,
            meters.registry());
    RateLimiter limiter = new RateLimiter(rateLimits(settings), Ticker.systemTicker());
    limiter.monitor(meters.registry());
    AccountApi accounts =
        new AccountApi(
            new AccountServices(
                vertx,
                settings,
                data.log(),
                data.accounts(),
                data.userData(),
                data.encryptionKeys(),
                data.inboxes(),
                data.backups(),
                data.rooms(),
                shards,
                userId -> limiter.take(RateClass.LOGIN, userId),
                clock,
                meters.registry()));
    RoomApi rooms =
        new RoomApi(
            new RoomServices(
                settings.serverName(),
                RoomVersion.of(settings.defaultRoomVersion()).orElseThrow(),
                clock,
                data.log(),
                data.rooms(),
                data.relations(),
                data.search(),
                data.directories(),
                data.accounts(),
                shards,
                events,
                factory,
                writer,
                sync,
                typing,
                presences,
                unread,
                data.userData(),
                new ToDevice(settings.serverName(), data.log(), data.inboxes()),
                accounts.accountData(),
                outgoing,
                settings,
                meters.registry()));
    Readiness readiness = new Readiness(data.storage()::answers, System::nanoTime);
    Edge edge =
        new Edge(
            Bindings.of(
                accounts,
                rooms,
                new MetricsResource(vertx, meters.registry()),
                new HealthResource(readiness::obstacles)),
            accounts.authenticator(),
            limiter,
            meters.registry());
    return new Parts(edge, accounts, rooms, sync, presences, outgoing, readiness);
  }

  private static RateLimits rateLimits(Settings settings) {
    return settings.rateLimits().enabled() && !settings.unsafe().disableRateLimits()
        ? RateLimits.defaults()
        : RateLimits.off();
  }
}
