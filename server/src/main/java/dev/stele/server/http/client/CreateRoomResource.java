package dev.stele.server.http.client;

import dev.stele.api.Endpoint;
import dev.stele.api.ErrorCode;
import dev.stele.api.MatrixError;
import dev.stele.server.http.Bindings;
import dev.stele.server.http.Exchange;
import dev.stele.server.http.Reply;
import dev.stele.server.http.Resource;
import dev.stele.server.room.CreateRoom;
import dev.stele.server.room.EventFactory;
import dev.stele.server.room.MalformedEvent;
import dev.stele.server.room.NewRoom;
import dev.stele.server.room.Profiles;
import dev.stele.server.room.RoomCreation;
import dev.stele.server.room.RoomIds;
import dev.stele.server.room.RoomOutcome;
import dev.stele.server.room.RoomShards;
import dev.stele.stateres.event.PduResult;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.List;

/** {@code POST /createRoom}. Client-server API, "Creation". */
public final class CreateRoomResource implements Resource {
  private final RoomPolicy policy;
  private final RoomShards shards;
  private final EventFactory factory;
  private final Profiles profiles;
  private final InvitePermission permission;
  private final RoomIds ids;

  CreateRoomResource(
      RoomPolicy policy,
      RoomShards shards,
      EventFactory factory,
      Profiles profiles,
      InvitePermission permission) {
    this.policy = policy;
    this.shards = shards;
    this.factory = factory;
    this.profiles = profiles;
    this.permission = permission;
    this.ids = new RoomIds(policy.serverName());
  }

  @Override
  public void bind(Bindings bindings) {
    bindings.on(Endpoint.CREATE_ROOM, this::create);
  }

  private Future<Reply> create(Exchange exchange) {
    String creator = exchange.requester().userId();
    NewRoom room =
        new NewRoomRequest(exchange.body(), creator, policy.serverName())
            .read(policy.defaultVersion());
    if (room.listed()) {
      policy.requirePublishing(exchange.requester());
    }
    List<String> people = new ArrayList<>(room.invited());
    people.add(creator);
    return permission
        .requireAll(room.invitees())
        .compose(wanted -> profiles.of(people))
        .compose(known -> create(room, new RoomCreation(room, known)));
  }

  private Future<Reply> create(NewRoom room, RoomCreation creation) {
    PduResult create =
        factory.create(
            room.version(), ids.next(room.version()), room.creator(), creation.createContent());
    if (create instanceof PduResult.Refused refused) {
      return Future.succeededFuture(Reply.error(MalformedEvent.error(refused)));
    }
    CreateRoom command = creation.command(create.orThrow());
    return shards.submit(command).map(outcome -> reply(outcome, command.roomId()));
  }

  /** A refusal by the room's own rules means that its wishes contradict each other. */
  private static Reply reply(RoomOutcome outcome, String roomId) {
    if (outcome instanceof RoomOutcome.Refused refused
        && refused.error().code() == ErrorCode.FORBIDDEN) {
      return Reply.error(MatrixError.of(ErrorCode.INVALID_ROOM_STATE, refused.error().message()));
    }
    return Outcomes.roomId(outcome, roomId);
  }
}
