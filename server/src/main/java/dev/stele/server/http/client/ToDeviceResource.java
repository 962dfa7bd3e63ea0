package dev.stele.server.http.client;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.stele.api.Endpoint;
import dev.stele.api.ErrorCode;
import dev.stele.api.Limits;
import dev.stele.server.http.BadRequest;
import dev.stele.server.http.Bindings;
import dev.stele.server.http.Exchange;
import dev.stele.server.http.Reply;
import dev.stele.server.http.Resource;
import dev.stele.server.inbox.ToDevice;
import dev.stele.server.record.Transaction;
import dev.stele.stateres.id.UserId;
import io.vertx.core.Future;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/** Sending messages to devices. Client-server API, "Send-to-Device messaging". */
public final class ToDeviceResource implements Resource {
  private final ToDevice messages;

  public ToDeviceResource(ToDevice messages) {
    this.messages = messages;
  }

  @Override
  public void bind(Bindings bindings) {
    bindings.on(Endpoint.SEND_TO_DEVICE, this::send);
  }

  private Future<Reply> send(Exchange exchange) {
    String type = type(exchange.path("eventType"));
    Transaction request =
        new Transaction(
            exchange.requester().userId(),
            exchange.requester().deviceId(),
            "sendToDevice/" + type,
            Identifiers.transaction(exchange));
    ObjectNode contents = exchange.body().requiredObject("messages");
    return messages
        .send(new ToDevice.Command(request, type, users(contents)))
        .map(
            outcome ->
                switch (outcome) {
                  case SENT -> Reply.empty();
                  case TOO_MANY -> Reply.error(ErrorCode.TOO_LARGE, tooMany());
                });
  }

  private static String type(String text) {
    if (text.getBytes(StandardCharsets.UTF_8).length > Limits.MAX_ID_BYTES) {
      throw Identifiers.invalid("An event type has at most " + Limits.MAX_ID_BYTES + " bytes");
    }
    return Identifiers.key("The event type", text);
  }

  private static Map<UserId, Map<String, ObjectNode>> users(ObjectNode contents) {
    Map<UserId, Map<String, ObjectNode>> users = new LinkedHashMap<>();
    int messages = 0;
    for (Map.Entry<String, JsonNode> entry : contents.properties()) {
      UserId user = Identifiers.user(entry.getKey());
      if (!(entry.getValue() instanceof ObjectNode devices)) {
        throw new BadRequest(ErrorCode.BAD_JSON, "messages must hold an object for each user");
      }
      messages += devices.size();
      if (messages > Limits.MAX_TO_DEVICE_MESSAGES) {
        throw new BadRequest(ErrorCode.TOO_LARGE, tooMany());
      }
      users.put(user, devices(devices));
    }
    return users;
  }

  private static Map<String, ObjectNode> devices(ObjectNode contents) {
    Map<String, ObjectNode> devices = new LinkedHashMap<>();
    for (Map.Entry<String, JsonNode> entry : contents.properties()) {
      if (!(entry.getValue() instanceof ObjectNode content)) {
        throw new BadRequest(ErrorCode.BAD_JSON, "A message to a device must be an object");
      }
      if (content.toString().getBytes(StandardCharsets.UTF_8).length > Limits.MAX_TO_DEVICE_BYTES) {
        throw new BadRequest(
            ErrorCode.TOO_LARGE,
            "A message to a device has at most " + Limits.MAX_TO_DEVICE_BYTES + " bytes");
      }
      devices.put(Identifiers.key("The device id", entry.getKey()), content);
    }
    return devices;
  }

  private static String tooMany() {
    return "A request sends to at most " + Limits.MAX_TO_DEVICE_MESSAGES + " devices";
  }
}
