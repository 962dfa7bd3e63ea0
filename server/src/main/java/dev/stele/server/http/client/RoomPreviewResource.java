package dev.stele.server.http.client;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.stele.api.Endpoint;
import dev.stele.api.ErrorCode;
import dev.stele.server.directory.RoomPreview;
import dev.stele.server.directory.RoomPreviews;
import dev.stele.server.http.BadRequest;
import dev.stele.server.http.Bindings;
import dev.stele.server.http.Exchange;
import dev.stele.server.http.Reply;
import dev.stele.server.http.Requester;
import dev.stele.server.http.Resource;
import dev.stele.server.projection.AliasRow;
import io.vertx.core.Future;
import org.jspecify.annotations.Nullable;

/**
 * What a room looks like to somebody who thinks of joining it. Client-server API, {@code
 * room_summary}. The servers named by {@code via} could be asked about rooms that this one does not
 * know, if it federated.
 */
public final class RoomPreviewResource implements Resource {
  private final Aliases aliases;
  private final RoomPreviews previews;

  public RoomPreviewResource(Aliases aliases, RoomPreviews previews) {
    this.aliases = aliases;
    this.previews = previews;
  }

  @Override
  public void bind(Bindings bindings) {
    bindings.on(Endpoint.GET_ROOM_SUMMARY, this::get);
  }

  private Future<Reply> get(Exchange exchange) {
    Requester requester = exchange.requesterIfAny();
    @Nullable String user = requester == null ? null : requester.userId();
    return roomId(exchange.path("roomIdOrAlias"))
        .compose(roomId -> previews.of(user, roomId))
        .map(
            found ->
                found
                    .map(RoomPreviewResource::answer)
                    .orElseThrow(() -> new BadRequest(ErrorCode.NOT_FOUND, "Room not found")));
  }

  private Future<String> roomId(String room) {
    return room.startsWith("#")
        ? aliases.require(Identifiers.alias(room)).map(AliasRow::roomId)
        : Future.succeededFuture(Identifiers.room(room));
  }

  private static Reply answer(RoomPreview preview) {
    ObjectNode answer = RoomSummaryJson.whole(preview.room());
    if (preview.membership() != null) {
      answer.put("membership", preview.membership());
    }
    return Reply.ok(answer);
  }
}
