package dev.stele.server.inbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.stele.api.Limits;
import dev.stele.server.record.ToDeviceSent;
import dev.stele.server.record.ToDeviceSent.Recipient;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The messages of one request while they are put together: what is the same is kept once. */
final class Parcel {
  private final Map<JsonNode, Integer> contents = new LinkedHashMap<>();
  private final List<Recipient> recipients = new ArrayList<>();
  private final List<Recipient> remote = new ArrayList<>();
  private int messages;

  /** Adds what goes to devices of a user of this server. */
  void add(String userId, Map<String, ObjectNode> byDevice) {
    add(recipients, userId, byDevice);
  }

  /** Adds what goes to devices of a user of another server. */
  void addRemote(String userId, Map<String, ObjectNode> byDevice) {
    add(remote, userId, byDevice);
  }

  boolean isEmpty() {
    return messages == 0;
  }

  boolean isTooBig() {
    return messages > Limits.MAX_TO_DEVICE_MESSAGES;
  }

  ToDeviceSent fact(ToDevice.Command command) {
    List<Integer> sizes =
        contents.keySet().stream()
            .map(content -> content.toString().getBytes(StandardCharsets.UTF_8).length)
            .toList();
    return new ToDeviceSent(
        command.transaction().userId(),
        command.transaction(),
        command.type(),
        recipients,
        remote,
        sizes,
        List.copyOf(contents.keySet()));
  }

  private void add(List<Recipient> to, String userId, Map<String, ObjectNode> byDevice) {
    Map<Integer, List<String>> devices = new LinkedHashMap<>();
    byDevice.forEach(
        (device, content) -> {
          int number = contents.computeIfAbsent(content, added -> contents.size());
          devices.computeIfAbsent(number, none -> new ArrayList<>()).add(device);
        });
    devices.forEach((number, ids) -> to.add(new Recipient(userId, List.copyOf(ids), number)));
    messages += byDevice.size();
  }
}
