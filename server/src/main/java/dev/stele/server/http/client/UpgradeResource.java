package dev.stele.server.http.client;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.stele.api.Endpoint;
import dev.stele.api.ErrorCode;
import dev.stele.server.http.BadRequest;
import dev.stele.server.http.Bindings;
import dev.stele.server.http.Body;
import dev.stele.server.http.Exchange;
import dev.stele.server.http.Reply;
import dev.stele.server.http.Resource;
import dev.stele.server.room.CreateRoom;
import dev.stele.server.room.EventFactory;
import dev.stele.server.room.MalformedEvent;
import dev.stele.server.room.OldRoom;
import dev.stele.server.room.Profiles;
import dev.stele.server.room.RoomBuilder;
import dev.stele.server.room.RoomBuilder.Result;
import dev.stele.server.room.RoomIds;
import dev.stele.server.room.RoomOutcome;
import dev.stele.server.room.RoomReplacement;
import dev.stele.server.room.RoomShards;
import dev.stele.server.room.UpgradeRoom;
import dev.stele.stateres.event.Pdu;
import dev.stele.stateres.event.PduResult;
import dev.stele.stateres.version.RoomVersion;
import io.vertx.core.Future;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** {@code POST /rooms/{roomId}/upgrade}. Client-server API, "Room Upgrades". */
public final class UpgradeResource implements Resource {
  private static final int MAX_TRIES = 3;

  private final RoomRights rights;
  private final OldRooms oldRooms;
  private final Profiles profiles;
  private final RoomShards shards;
  private final EventFactory factory;
  private final RoomBuilder builder;
  private final RoomIds ids;
  private final Joins.Newcomers newcomers;

  UpgradeResource(
      RoomRights rights,
      OldRooms oldRooms,
      Profiles profiles,
      RoomShards shards,
      NewRooms factory) {
    this.rights = rights;
    this.oldRooms = oldRooms;
    this.profiles = profiles;
    this.shards = shards;
    this.factory = factory.events();
    this.builder = new RoomBuilder(factory.events());
    this.ids = factory.ids();
    this.newcomers = factory.newcomers();
  }

  /**
   * What makes create events.
   *
   * @param newcomers whom to tell that the user is in the new room
   */
  record NewRooms(EventFactory events, RoomIds ids, Joins.Newcomers newcomers) {}

  @Override
  public void bind(Bindings bindings) {
    bindings.on(Endpoint.UPGRADE_ROOM, this::upgrade);
  }

  private Future<Reply> upgrade(Exchange exchange) {
    Wish wish = wish(exchange);
    return rights
        .requireState(wish.user(), wish.roomId(), "m.room.tombstone")
        .compose(allowed -> profiles.of(List.of(wish.user())))
        .compose(known -> attempt(wish, profile(known, wish.user()), 1));
  }

  private static Wish wish(Exchange exchange) {
    Body body = exchange.body();
    RoomVersion version = RoomPolicy.version(body.requiredString("new_version"));
    List<String> creators =
        version.creatorsArePrivileged() ? body.strings("additional_creators") : List.of();
    NewRoomRequest.checkCreators(creators);
    return new Wish(Identifiers.room(exchange), exchange.requester().userId(), version, creators);
  }

  private static ObjectNode profile(Map<String, ObjectNode> known, String user) {
    return known.getOrDefault(user, JsonNodeFactory.instance.objectNode());
  }

  /** A room that somebody else replaces at the same time is looked at once more. */
  private Future<Reply> attempt(Wish wish, ObjectNode profile, int attempt) {
    return oldRooms
        .read(wish.roomId(), wish.user())
        .compose(
            old ->
                done(wish, old)
                    .compose(
                        done ->
                            done.isPresent()
                                ? Future.succeededFuture(answer(done.get()))
                                : replace(wish, old, profile, attempt)));
  }

  private Future<Reply> replace(Wish wish, OldRoom old, ObjectNode profile, int attempt) {
    RoomReplacement replacement =
        new RoomReplacement(old, wish.version(), wish.user(), wish.creators());
    PduResult create =
        factory.create(
            wish.version(), ids.next(wish.version()), wish.user(), replacement.createContent());
    if (create instanceof PduResult.Refused refused) {
      throw new BadRequest(MalformedEvent.error(refused));
    }
    CreateRoom command = replacement.command(create.orThrow(), profile);
    Result built = builder.build(command);
    if (built instanceof Result.Refused refused) {
      throw new BadRequest(refused.error());
    }
    Pdu tombstone = old.tombstone();
    return shards
        .submit(
            new UpgradeRoom(
                wish.roomId(),
                wish.user(),
                command.roomId(),
                ((Result.Built) built).facts(),
                tombstone == null ? null : tombstone.eventId()))
        .compose(
            outcome ->
                outcome instanceof RoomOutcome.Refused refused
                    ? refused(wish, refused, profile, attempt)
                    : newcomers
                        .joined(command.roomId(), wish.user())
                        .map(told -> answer(command.roomId())));
  }

  private Future<Reply> refused(
      Wish wish, RoomOutcome.Refused refused, ObjectNode profile, int attempt) {
    return refused.error().code() == ErrorCode.BAD_STATE && attempt < MAX_TRIES
        ? attempt(wish, profile, attempt + 1)
        : Future.succeededFuture(Reply.error(refused.error()));
  }

  /**
   * The room that the same request has led to already: whoever did not get the answer and asks
   * again is not given a second room.
   */
  private Future<Optional<String>> done(Wish wish, OldRoom old) {
    Pdu tombstone = old.tombstone();
    String replacement =
        tombstone == null || !tombstone.sender().equals(wish.user())
            ? ""
            : tombstone.content().path("replacement_room").asText();
    return replacement.isEmpty()
        ? Future.succeededFuture(Optional.empty())
        : oldRooms
            .create(replacement)
            .map(create -> create.filter(event -> isWished(event, wish)).map(event -> replacement));
  }

  private static boolean isWished(Pdu create, Wish wish) {
    return create.version().equals(wish.version())
        && create.sender().equals(wish.user())
        && create.content().path("predecessor").path("room_id").asText().equals(wish.roomId());
  }

  private static Reply answer(String roomId) {
    return Reply.ok(JsonNodeFactory.instance.objectNode().put("replacement_room", roomId));
  }

  private record Wish(String roomId, String user, RoomVersion version, List<String> creators) {}
}
