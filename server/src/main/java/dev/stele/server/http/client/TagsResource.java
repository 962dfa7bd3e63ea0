package dev.stele.server.http.client;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.stele.api.Endpoint;
import dev.stele.api.ErrorCode;
import dev.stele.api.Limits;
import dev.stele.server.account.AccountDataChanges;
import dev.stele.server.http.BadRequest;
import dev.stele.server.http.Bindings;
import dev.stele.server.http.Exchange;
import dev.stele.server.http.Reply;
import dev.stele.server.http.Resource;
import dev.stele.server.projection.UserData;
import io.vertx.core.Future;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Users' tags of rooms, kept as account data. Client-server API, "Room Tagging". */
public final class TagsResource implements Resource {
  private static final String TYPE = "m.tag";
  private static final String TAGS = "tags";

  private final UserData data;
  private final AccountDataChanges changes;

  public TagsResource(UserData data, AccountDataChanges changes) {
    this.data = data;
    this.changes = changes;
  }

  @Override
  public void bind(Bindings bindings) {
    bindings
        .on(Endpoint.GET_ROOM_TAGS, this::getTags)
        .on(Endpoint.SET_ROOM_TAG, this::setTag)
        .on(Endpoint.DELETE_ROOM_TAG, this::deleteTag);
  }

  private Future<Reply> getTags(Exchange exchange) {
    return data.accountData(Own.userId(exchange), Own.roomId(exchange), TYPE)
        .map(
            found -> {
              ObjectNode content = found.orElseGet(JsonNodeFactory.instance::objectNode);
              ObjectNode answer = JsonNodeFactory.instance.objectNode();
              answer.set(TAGS, tags(content));
              return Reply.ok(answer);
            });
  }

  private Future<Reply> setTag(Exchange exchange) {
    String userId = Own.userId(exchange);
    String roomId = Own.roomId(exchange);
    String tag = tag(exchange);
    ObjectNode about = exchange.bodyOrEmpty().node();
    requireOrder(about.get("order"));
    return changes
        .change(userId, roomId, TYPE, content -> with(content, tag, about))
        .map(done -> Reply.empty());
  }

  private static ObjectNode with(ObjectNode content, String tag, ObjectNode about) {
    content.set(TAGS, tags(content).set(tag, about));
    if (content.toString().getBytes(StandardCharsets.UTF_8).length > Limits.MAX_TAGS_BYTES) {
      throw new BadRequest(
          ErrorCode.TOO_LARGE,
          "The tags of a room have at most " + Limits.MAX_TAGS_BYTES + " bytes");
    }
    return content;
  }

  private Future<Reply> deleteTag(Exchange exchange) {
    String userId = Own.userId(exchange);
    String roomId = Own.roomId(exchange);
    String tag = tag(exchange);
    return changes
        .change(
            userId,
            roomId,
            TYPE,
            content -> {
              tags(content).remove(tag);
              return content;
            })
        .map(done -> Reply.empty());
  }

  /** The tags of {@code m.tag}, within it; clients may have stored anything in their place. */
  private static ObjectNode tags(ObjectNode content) {
    return content.get(TAGS) instanceof ObjectNode tags
        ? tags
        : JsonNodeFactory.instance.objectNode();
  }

  private static String tag(Exchange exchange) {
    String tag = exchange.path("tag");
    if (tag.getBytes(StandardCharsets.UTF_8).length > Limits.MAX_ID_BYTES) {
      throw new BadRequest(
          ErrorCode.INVALID_PARAM, "A tag has at most " + Limits.MAX_ID_BYTES + " bytes");
    }
    return tag;
  }

  private static void requireOrder(@Nullable JsonNode order) {
    if (order == null || order.isNull()) {
      return;
    }
    if (!order.isNumber()) {
      throw new BadRequest(ErrorCode.BAD_JSON, "order must be a number");
    }
    if (!(order.doubleValue() >= 0 && order.doubleValue() <= 1)) {
      throw new BadRequest(ErrorCode.INVALID_PARAM, "order must lie between 0 and 1");
    }
  }
}
