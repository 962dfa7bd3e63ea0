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
import dev.stele.server.room.RoomOutcome;
import dev.stele.server.room.RoomShards;
import dev.stele.stateres.event.PduResult;
import dev.stele.stateres.version.RoomVersion;
import io.vertx.core.Future;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** {@code POST /createRoom}. Client-server API, "Creation". */
public final class CreateRoomResource implements Resource {
  private static final int ID_BYTES = 18;

  private final String serverName;
  private final RoomVersion defaultVersion;
  private final RoomShards shards;
  private final EventFactory factory;
  private final Profiles profiles;
  private final RandomGenerator random = new SecureRandom();

  /**
   * @param defaultVersion the version of rooms whose creators do not care
   */
  public CreateRoomResource(
      String serverName,
      RoomVersion defaultVersion,
      RoomShards shards,
      EventFactory factory,
      Profiles profiles) {
    this.serverName = serverName;
    this.defaultVersion = defaultVersion;
    this.shards = shards;
    this.factory = factory;
    this.profiles = profiles;
  }

  @Override
  public void bind(Bindings bindings) {
    bindings.on(Endpoint.CREATE_ROOM, this::create);
  }

  private Future<Reply> create(Exchange exchange) {
    String creator = exchange.requester().userId();
    NewRoom room = new NewRoomRequest(exchange.body(), creator, serverName).read(defaultVersion);
    List<String> people = new ArrayList<>(room.invited());
    people.add(creator);
    return profiles.of(people).compose(known -> create(room, new RoomCreation(room, known)));
  }

  private Future<Reply> create(NewRoom room, RoomCreation creation) {
    PduResult create =
        factory.create(
            room.version(), newId(room.version()), room.creator(), creation.createContent());
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

  /** A room id that nobody can guess; null where the version derives it from the create event. */
  private @Nullable String newId(RoomVersion version) {
    if (version.roomIdIsCreateHash()) {
      return null;
    }
    byte[] bytes = new byte[ID_BYTES];
    random.nextBytes(bytes);
    return "!" + Base64.getUrlEncoder().withoutPadding().encodeToString(bytes) + ":" + serverName;
  }
}
