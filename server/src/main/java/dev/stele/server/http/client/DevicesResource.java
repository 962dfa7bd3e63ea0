package dev.stele.server.http.client;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.stele.api.Endpoint;
import dev.stele.api.ErrorCode;
import dev.stele.api.Limits;
import dev.stele.server.account.DeviceSessions;
import dev.stele.server.account.LastSeen;
import dev.stele.server.account.LastSeen.Sighting;
import dev.stele.server.http.BadRequest;
import dev.stele.server.http.Bindings;
import dev.stele.server.http.Body;
import dev.stele.server.http.Exchange;
import dev.stele.server.http.Reply;
import dev.stele.server.http.Requester;
import dev.stele.server.http.Resource;
import dev.stele.server.projection.Accounts;
import dev.stele.server.projection.DeviceRow;
import io.vertx.core.Future;
import java.util.List;
import java.util.Optional;

/** A user's own devices. Client-server API, "Device Management". */
public final class DevicesResource implements Resource {
  private final Accounts accounts;
  private final DeviceSessions sessions;
  private final LastSeen lastSeen;
  private final UserConfirmation confirmation;

  public DevicesResource(
      Accounts accounts,
      DeviceSessions sessions,
      LastSeen lastSeen,
      UserConfirmation confirmation) {
    this.accounts = accounts;
    this.sessions = sessions;
    this.lastSeen = lastSeen;
    this.confirmation = confirmation;
  }

  @Override
  public void bind(Bindings bindings) {
    bindings
        .on(Endpoint.GET_DEVICES, this::list)
        .on(Endpoint.GET_DEVICE, this::get)
        .on(Endpoint.UPDATE_DEVICE, this::update)
        .on(Endpoint.DELETE_DEVICE, this::delete)
        .on(Endpoint.DELETE_DEVICES, this::deleteMany);
  }

  private Future<Reply> list(Exchange exchange) {
    return accounts
        .devices(exchange.requester().userId())
        .map(
            rows -> {
              ObjectNode body = JsonNodeFactory.instance.objectNode();
              ArrayNode devices = body.putArray("devices");
              rows.forEach(row -> devices.add(json(row)));
              return Reply.ok(body);
            });
  }

  private Future<Reply> get(Exchange exchange) {
    return accounts
        .device(exchange.requester().userId(), exchange.path("deviceId"))
        .map(
            found -> found.map(this::json).map(Reply::ok).orElseGet(DevicesResource::noSuchDevice));
  }

  private Future<Reply> update(Exchange exchange) {
    Requester requester = exchange.requester();
    String deviceId = exchange.path("deviceId");
    String name =
        DeviceFields.bounded(exchange.body(), "display_name", Limits.MAX_DEVICE_NAME_CHARS);
    Future<Boolean> known =
        name == null
            ? accounts.device(requester.userId(), deviceId).map(Optional::isPresent)
            : sessions.rename(requester.userId(), deviceId, name.isEmpty() ? null : name);
    return known.map(is -> is ? Reply.empty() : noSuchDevice());
  }

  private Future<Reply> delete(Exchange exchange) {
    String userId = exchange.requester().userId();
    String deviceId = exchange.path("deviceId");
    return confirmation.require(exchange, deviceId, body -> close(userId, List.of(deviceId)));
  }

  private Future<Reply> deleteMany(Exchange exchange) {
    String userId = exchange.requester().userId();
    Body request = exchange.body();
    if (!request.has("devices") && !request.has("auth")) {
      throw missingDevices();
    }
    var unused = request.strings("devices");
    return confirmation.require(exchange, body -> closeAsked(userId, body));
  }

  private Future<Reply> closeAsked(String userId, Body body) {
    if (!body.has("devices")) {
      throw missingDevices();
    }
    return close(userId, body.strings("devices"));
  }

  private Future<Reply> close(String userId, List<String> deviceIds) {
    return sessions.close(userId, deviceIds).map(done -> Reply.empty());
  }

  private ObjectNode json(DeviceRow row) {
    ObjectNode device = JsonNodeFactory.instance.objectNode().put("device_id", row.deviceId());
    if (row.displayName() != null) {
      device.put("display_name", row.displayName());
    }
    Optional<Sighting> sighting =
        lastSeen
            .of(row.userId(), row.deviceId())
            .filter(here -> row.lastSeenTs() == null || here.ts() >= row.lastSeenTs());
    if (sighting.isPresent()) {
      device.put("last_seen_ip", sighting.get().ip()).put("last_seen_ts", sighting.get().ts());
    } else if (row.lastSeenTs() != null) {
      device.put("last_seen_ts", row.lastSeenTs());
      if (row.lastSeenIp() != null) {
        device.put("last_seen_ip", row.lastSeenIp());
      }
    }
    return device;
  }

  private static BadRequest missingDevices() {
    return new BadRequest(ErrorCode.MISSING_PARAM, "Missing: devices");
  }

  private static Reply noSuchDevice() {
    return Reply.error(ErrorCode.NOT_FOUND, "You have no such device");
  }
}
