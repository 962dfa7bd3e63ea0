package dev.stele.server.http.client;

import dev.stele.api.Endpoint;
import dev.stele.api.ErrorCode;
import dev.stele.api.MatrixError;
import dev.stele.server.http.BadRequest;
import dev.stele.server.http.Bindings;
import dev.stele.server.http.Exchange;
import dev.stele.server.http.Reply;
import dev.stele.server.http.Resource;
import dev.stele.server.identity.ThirdPartyId;
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
import java.util.Optional;

/** {@code POST /createRoom}. Client-server API, "Creation". */
public final class CreateRoomResource implements Resource {
  private final RoomPolicy policy;
  private final RoomShards shards;
  private final EventFactory factory;
  private final Profiles profiles;
  private final Invitations invitations;
  private final RoomIds ids;

  CreateRoomResource(
      RoomPolicy policy,
      RoomShards shards,
      EventFactory factory,
      Profiles profiles,
      Invitations invitations) {
    this.policy = policy;
    this.shards = shards;
    this.factory = factory;
    this.profiles = profiles;
    this.invitations = invitations;
    this.ids = new RoomIds(policy.serverName());
  }

  @Override
  public void bind(Bindings bindings) {
    bindings.on(Endpoint.CREATE_ROOM, this::create);
  }

  private Future<Reply> create(Exchange exchange) {
    String creator = exchange.requester().userId();
    var request = new NewRoomRequest(exchange.body(), creator, policy.serverName());
    NewRoom room = request.read(policy.defaultVersion());
    if (room.listed()) {
      policy.requirePublishing(exchange.requester());
    }
    return lookup(request.thirdParties())
        .compose(
            invitees ->
                create(room.inviting(invitees.users()))
                    .compose(outcome -> issue(outcome, creator, invitees.unknown())));
  }

  /** Asks for all of them before there is a room, since most of what can fail fails here. */
  private Future<Invitees> lookup(List<ThirdPartyId> ids) {
    Future<Invitees> found = Future.succeededFuture(new Invitees(List.of(), List.of()));
    for (ThirdPartyId id : ids) {
      found =
          found.compose(
              before -> invitations.thirdParties().lookup(id).map(user -> before.and(id, user)));
    }
    return found;
  }

  private Future<Created> create(NewRoom room) {
    room.invitees()
        .forEach(user -> LocalUsers.require(Identifiers.user(user), policy.serverName()));
    List<String> people = new ArrayList<>(room.invited());
    people.add(room.creator());
    return invitations
        .permission()
        .requireAll(room.invitees())
        .compose(wanted -> profiles.of(people))
        .compose(known -> create(room, new RoomCreation(room, known)));
  }

  private Future<Created> create(NewRoom room, RoomCreation creation) {
    PduResult create =
        factory.create(
            room.version(), ids.next(room.version()), room.creator(), creation.createContent());
    if (create instanceof PduResult.Refused refused) {
      throw new BadRequest(MalformedEvent.error(refused));
    }
    CreateRoom command = creation.command(create.orThrow());
    return shards.submit(command).map(outcome -> new Created(command.roomId(), outcome));
  }

  /** Invites those of whom no user is known, now that there is a room to invite them to. */
  private Future<Reply> issue(Created created, String creator, List<ThirdPartyId> unknown) {
    Future<Reply> issued = Future.succeededFuture(reply(created.outcome(), created.roomId()));
    if (created.outcome() instanceof RoomOutcome.Refused) {
      return issued;
    }
    for (ThirdPartyId id : unknown) {
      issued =
          issued.compose(
              before ->
                  invitations
                      .thirdParties()
                      .issue(created.roomId(), creator, id)
                      .map(outcome -> Outcomes.roomId(outcome, created.roomId())));
    }
    return issued;
  }

  /** A refusal by the room's own rules means that its wishes contradict each other. */
  private static Reply reply(RoomOutcome outcome, String roomId) {
    if (outcome instanceof RoomOutcome.Refused refused
        && refused.error().code() == ErrorCode.FORBIDDEN) {
      return Reply.error(MatrixError.of(ErrorCode.INVALID_ROOM_STATE, refused.error().message()));
    }
    return Outcomes.roomId(outcome, roomId);
  }

  /** How people are invited. */
  record Invitations(InvitePermission permission, ThirdPartyInvites thirdParties) {}

  private record Created(String roomId, RoomOutcome outcome) {}

  /**
   * Who is behind addresses.
   *
   * @param users those who have bound theirs
   * @param unknown the addresses that nobody has bound
   */
  private record Invitees(List<String> users, List<ThirdPartyId> unknown) {
    Invitees and(ThirdPartyId id, Optional<String> user) {
      List<String> all = new ArrayList<>(users);
      List<ThirdPartyId> others = new ArrayList<>(unknown);
      user.ifPresentOrElse(all::add, () -> others.add(id));
      return new Invitees(all, others);
    }
  }
}
