package dev.stele.server.http.client;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.stele.api.Endpoint;
import dev.stele.api.ErrorCode;
import dev.stele.api.Limits;
import dev.stele.server.encryption.DehydratedDevices;
import dev.stele.server.encryption.DehydratedDevices.Left;
import dev.stele.server.http.BadRequest;
import dev.stele.server.http.Bindings;
import dev.stele.server.http.Body;
import dev.stele.server.http.Exchange;
import dev.stele.server.http.Reply;
import dev.stele.server.http.Resource;
import dev.stele.server.projection.InboxMessage;
import dev.stele.server.projection.Inboxes;
import dev.stele.server.record.RecordLog;
import io.vertx.core.Future;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The device that a user has left with the server, and what it was sent. MSC3814. */
final class DehydratedDeviceResource implements Resource {
  private static final int MAX_EVENTS = 100;

  private final DehydratedDevices devices;
  private final Inboxes inboxes;
  private final RecordLog log;

  DehydratedDeviceResource(DehydratedDevices devices, Inboxes inboxes, RecordLog log) {
    this.devices = devices;
    this.inboxes = inboxes;
    this.log = log;
  }

  @Override
  public void bind(Bindings bindings) {
    bindings
        .on(Endpoint.PUT_DEHYDRATED_DEVICE, this::put)
        .on(Endpoint.GET_DEHYDRATED_DEVICE, this::get)
        .on(Endpoint.DELETE_DEHYDRATED_DEVICE, this::delete)
        .on(Endpoint.GET_DEHYDRATED_DEVICE_EVENTS, this::events);
  }

  private Future<Reply> put(Exchange exchange) {
    Body body = exchange.body();
    String deviceId = DeviceFields.bounded(body, "device_id", Limits.MAX_ID_BYTES);
    if (deviceId == null || deviceId.isEmpty()) {
      throw new BadRequest(ErrorCode.MISSING_PARAM, "Missing: device_id");
    }
    ObjectNode deviceData = body.requiredObject("device_data");
    if (deviceData.toString().length() > Limits.MAX_DEHYDRATED_DEVICE_CHARS) {
      throw new BadRequest(ErrorCode.TOO_LARGE, "device_data is too large");
    }
    ObjectNode deviceKeys = body.requiredObject("device_keys");
    Left left =
        new Left(
            deviceId,
            DeviceFields.bounded(body, "initial_device_display_name", Limits.MAX_DEVICE_NAME_CHARS),
            deviceData,
            KeyUploadResource.keys(deviceKeys, body));
    return devices
        .put(exchange.requester().userId(), left)
        .map(refusal -> refusal.map(Reply::error).orElseGet(() -> named(deviceId)));
  }

  private Future<Reply> get(Exchange exchange) {
    return devices
        .get(exchange.requester().userId())
        .map(
            found ->
                found
                    .map(
                        device ->
                            Reply.ok(
                                JsonNodeFactory.instance
                                    .objectNode()
                                    .put("device_id", device.deviceId())
                                    .set("device_data", device.deviceData())))
                    .orElseGet(DehydratedDeviceResource::none));
  }

  private Future<Reply> delete(Exchange exchange) {
    return devices
        .delete(exchange.requester().userId())
        .map(
            found ->
                found
                    .map(DehydratedDeviceResource::named)
                    .orElseGet(DehydratedDeviceResource::none));
  }

  private Future<Reply> events(Exchange exchange) {
    String userId = exchange.requester().userId();
    String deviceId = exchange.path("deviceId");
    long after = position(exchange.bodyOrEmpty().string("next_batch"));
    return devices
        .get(userId)
        .compose(
            found ->
                found.filter(device -> device.deviceId().equals(deviceId)).isEmpty()
                    ? Future.succeededFuture(none())
                    : inboxes
                        .messages(userId, deviceId, after, log.committed(), MAX_EVENTS)
                        .map(messages -> events(messages, after)));
  }

  private static Reply events(List<InboxMessage> messages, long after) {
    ObjectNode body = JsonNodeFactory.instance.objectNode();
    ArrayNode events = body.putArray("events");
    long last = after;
    for (InboxMessage message : messages) {
      events
          .addObject()
          .put("sender", message.sender())
          .put("type", message.type())
          .set("content", message.content());
      last = message.position();
    }
    return Reply.ok(body.put("next_batch", Long.toString(last)));
  }

  private static long position(@Nullable String nextBatch) {
    if (nextBatch == null) {
      return 0;
    }
    try {
      return Long.parseLong(nextBatch);
    } catch (NumberFormatException e) {
      throw new BadRequest(ErrorCode.INVALID_PARAM, "next_batch is none");
    }
  }

  private static Reply named(String deviceId) {
    return Reply.ok(JsonNodeFactory.instance.objectNode().put("device_id", deviceId));
  }

  private static Reply none() {
    return Reply.error(ErrorCode.NOT_FOUND, "There is no such dehydrated device");
  }
}
