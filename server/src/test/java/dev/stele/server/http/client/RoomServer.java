package dev.stele.server.http.client;

import static dev.stele.server.http.TestEdge.await;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.stele.eventstore.embedded.FreshDatabases;
import dev.stele.eventstore.postgres.LogOptions;
import dev.stele.eventstore.postgres.PostgresEventLog;
import dev.stele.server.account.ReceiptChanges;
import dev.stele.server.event.ClientEvents;
import dev.stele.server.event.EventCache;
import dev.stele.server.event.EventWriter;
import dev.stele.server.http.Resource;
import dev.stele.server.http.TestEdge;
import dev.stele.server.identity.IdentityServers;
import dev.stele.server.outgoing.AddressPolicy;
import dev.stele.server.outgoing.OutgoingClient;
import dev.stele.server.projection.AccountsProjection;
import dev.stele.server.projection.Directories;
import dev.stele.server.projection.Projection;
import dev.stele.server.projection.Projections;
import dev.stele.server.projection.Relations;
import dev.stele.server.projection.RelationsProjection;
import dev.stele.server.projection.Rooms;
import dev.stele.server.projection.RoomsProjection;
import dev.stele.server.projection.UserData;
import dev.stele.server.projection.UserDataProjection;
import dev.stele.server.record.RecordLog;
import dev.stele.server.room.EventFactory;
import dev.stele.server.room.RestrictedJoins;
import dev.stele.server.room.RoomPowers;
import dev.stele.server.room.RoomShards;
import dev.stele.server.sync.TypingNotices;
import dev.stele.stateres.sign.SigningKey;
import dev.stele.stateres.version.RoomVersion;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Clock;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Everything of a server that has to do with rooms, over a real log and a real socket. Its name is
 * {@code test}; whoever comes with a token of {@link TestEdge} is a user, with a display name made
 * of their id.
 */
final class RoomServer implements AutoCloseable {
  static final String NAME = "test";

  private final Vertx vertx = Vertx.vertx();
  private final PostgresEventLog store;
  private Projections projections;
  private final TestEdge edge;
  private final RecordLog log;
  private final Directories directories;
  private final List<Projection> folds;
  private final UserData userData;

  RoomServer() {
    String database = await(await(FreshDatabases.ofThisJvm()).fresh());
    SimpleMeterRegistry meters = new SimpleMeterRegistry();
    Clock clock = Clock.systemUTC();
    store = await(PostgresEventLog.open(vertx, database, LogOptions.defaults(clock), meters));
    log = new RecordLog(store);
    RoomsProjection projection = new RoomsProjection(log);
    RelationsProjection related = new RelationsProjection(log);
    AccountsProjection accounts = new AccountsProjection();
    UserDataProjection stored = new UserDataProjection();
    folds = List.of(projection, related, accounts, stored);
    projections = await(Projections.start(folds, log, store.pool()));
    directories = Directories.of(projections, projection, accounts, store.pool());
    Rooms rooms = new Rooms(projections, projection, store.pool());
    Relations relations = new Relations(projections, related, store.pool());
    userData = new UserData(projections, stored, store.pool());
    EventCache cache = new EventCache(log, 10_000_000, meters);
    EventFactory factory = new EventFactory(NAME, SigningKey.generate("a"), clock);
    RoomShards shards = new RoomShards(vertx, 2, log, rooms, cache, factory);
    edge = new TestEdge(resources(rooms, relations, cache, factory, shards, clock));
  }

  private Resource[] resources(
      Rooms rooms,
      Relations relations,
      EventCache cache,
      EventFactory factory,
      RoomShards shards,
      Clock clock) {
    RoomPowers powers = new RoomPowers(rooms, cache);
    RestrictedJoins restricted = new RestrictedJoins(NAME, rooms, cache, powers);
    RoomRights rights = new RoomRights(rooms, powers);
    InvitePermission permission =
        new InvitePermission(users -> Future.succeededFuture(List.of()), rights);
    MemberContents contents = new MemberContents(RoomServer::profiles);
    TypingNotices typing = new TypingNotices(vertx, clock);
    MembershipChanges changes = new MembershipChanges(NAME, shards, contents, permission, typing);
    CurrentState state = new CurrentState(rooms, new ClientEvents(cache));
    IdentityServers servers =
        new IdentityServers(new OutgoingClient(vertx, new AddressPolicy(false, List.of()), false));
    ThirdPartyInvites thirdParties =
        new ThirdPartyInvites(servers, state, RoomServer::profiles, shards);
    Joins joins =
        new Joins(
            shards,
            contents,
            restricted,
            new ThirdPartyProofs(NAME, state, servers),
            (room, user) -> Future.succeededFuture());
    Aliases aliases = new Aliases(NAME, rooms);
    ClientEvents events = new ClientEvents(cache);
    EventWriter writer = new EventWriter(clock);
    return new Resource[] {
      new CreateRoomResource(
          new RoomPolicy(NAME, RoomVersion.V11, true),
          shards,
          factory,
          RoomServer::profiles,
          new CreateRoomResource.Invitations(permission, thirdParties)),
      new MembershipResource(
          joins, changes, thirdParties, new MembershipResource.Known(aliases, rooms, rights), log),
      new SendResource(
          shards,
          cache,
          new StateChecks(rooms, cache, aliases),
          new MemberState(joins, changes, contents, rooms, shards),
          new RelationChecks(rooms, relations, cache)),
      new StateResource(rooms, events, writer),
      new HistoryResource(rooms, relations, cache, events, writer),
      new MembersResource(rooms, events, writer),
      new AliasResource(NAME, aliases, rooms, rights, log),
      new DirectoryResource(rooms, rights, new RoomPolicy(NAME, RoomVersion.V11, true), log),
      new ReceiptResource(rights, cache, new ReceiptChanges(log, userData, cache, clock)),
      new TypingResource(typing, rights)
    };
  }

  private static Future<Map<String, ObjectNode>> profiles(Collection<String> users) {
    return Future.succeededFuture(
        users.stream()
            .distinct()
            .collect(
                Collectors.toMap(
                    user -> user,
                    user ->
                        JsonNodeFactory.instance
                            .objectNode()
                            .put("displayname", user.substring(1, user.indexOf(':'))))));
  }

  /** The local user of this name. */
  TestUser user(String localpart) {
    return user(localpart, "DEV");
  }

  /** The local user of this name, on a device. */
  TestUser user(String localpart, String device) {
    return new TestUser(edge.port(), "@" + localpart + ":" + NAME, device);
  }

  /** The newest position of the log. */
  long position() {
    return log.committed();
  }

  RecordLog log() {
    return log;
  }

  Directories directories() {
    return directories;
  }

  /** What the tables hold. */
  Map<String, Projections.Digest> digests() {
    await(projections.caughtUp());
    return await(projections.digests());
  }

  /** What the tables hold after they were made anew; nothing else may be asked from then on. */
  Map<String, Projections.Digest> rebuilt() {
    await(projections.close());
    await(Projections.clear(folds, store.pool()));
    projections = await(Projections.start(folds, log, store.pool()));
    return digests();
  }

  @Override
  public void close() {
    edge.close();
    await(projections.close());
    await(store.close());
    await(vertx.close());
  }
}
