package dev.stele.server.http.client;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.stele.api.ErrorCode;
import dev.stele.api.Limits;
import dev.stele.server.account.NewDevice;
import dev.stele.server.account.OpenedDevice;
import dev.stele.server.http.BadRequest;
import dev.stele.server.http.Body;
import org.jspecify.annotations.Nullable;

/** What requests that log in say of their device, and what they are answered. */
final class DeviceFields {
  private DeviceFields() {}

  static NewDevice read(Body body) {
    String deviceId = bounded(body, "device_id", Limits.MAX_ID_BYTES);
    String name = bounded(body, "initial_device_display_name", Limits.MAX_DEVICE_NAME_CHARS);
    return new NewDevice(
        deviceId == null || deviceId.isEmpty() ? null : deviceId,
        name,
        body.bool("refresh_token", false));
  }

  static ObjectNode answer(String userId, @Nullable OpenedDevice device) {
    ObjectNode answer = JsonNodeFactory.instance.objectNode().put("user_id", userId);
    answer.put("home_server", userId.substring(userId.indexOf(':') + 1));
    return device == null ? answer : addTokens(answer.put("device_id", device.deviceId()), device);
  }

  /** Adds a device's tokens to an answer. */
  static ObjectNode addTokens(ObjectNode answer, OpenedDevice device) {
    answer.put("access_token", device.accessToken());
    if (device.refreshToken() != null) {
      answer.put("refresh_token", device.refreshToken());
    }
    if (device.lifetimeMillis() != null) {
      answer.put("expires_in_ms", device.lifetimeMillis());
    }
    return answer;
  }

  static @Nullable String bounded(Body body, String field, int maxChars) {
    String value = body.string(field);
    if (value != null && (value.length() > maxChars || value.indexOf('\0') >= 0)) {
      throw new BadRequest(
          ErrorCode.INVALID_PARAM, field + " must have at most " + maxChars + " characters");
    }
    return value;
  }
}
