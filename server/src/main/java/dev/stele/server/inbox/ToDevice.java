package dev.stele.server.inbox;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.stele.server.projection.Inboxes;
import dev.stele.server.record.RecordLog;
import dev.stele.server.record.Transaction;
import dev.stele.stateres.id.UserId;
import io.vertx.core.Future;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Sends messages to devices. Thread-safe. */
public final class ToDevice {
  /** Stands for all devices of a user. */
  static final String ALL = "*";

  private final String serverName;
  private final RecordLog log;
  private final Inboxes inboxes;

  public ToDevice(String serverName, RecordLog log, Inboxes inboxes) {
    this.serverName = serverName;
    this.log = log;
    this.inboxes = inboxes;
  }

  /**
   * What to send.
   *
   * @param transaction the request, which is carried out once however often it comes
   * @param type the event type
   * @param contents by user and by device, where {@code *} stands for all others of the user
   */
  public record Command(
      Transaction transaction, String type, Map<UserId, Map<String, ObjectNode>> contents) {}

  /** What became of a command. */
  public enum Outcome {
    /** The messages are durable, now or from before; devices that are not known got none. */
    SENT,
    /** Nothing was sent: there are too many devices. */
    TOO_MANY
  }

  /** Sends messages. */
  public Future<Outcome> send(Command command) {
    List<String> users =
        command.contents().keySet().stream().filter(this::isLocal).map(UserId::value).toList();
    return users.isEmpty()
        ? append(command, Map.of())
        : inboxes.devices(users).compose(devices -> append(command, devices));
  }

  private Future<Outcome> append(Command command, Map<String, List<String>> devices) {
    Parcel parcel = new Parcel();
    command
        .contents()
        .forEach(
            (user, contents) -> {
              if (isLocal(user)) {
                parcel.add(
                    user.value(), known(contents, devices.getOrDefault(user.value(), List.of())));
              } else {
                parcel.addRemote(user.value(), contents);
              }
            });
    if (parcel.isTooBig()) {
      return Future.succeededFuture(Outcome.TOO_MANY);
    }
    // A claim that is held is that of the same request, which was carried out before.
    return parcel.isEmpty()
        ? Future.succeededFuture(Outcome.SENT)
        : log.append(List.of(parcel.fact(command))).map(Outcome.SENT);
  }

  /** What goes to each device that there is. */
  private static Map<String, ObjectNode> known(
      Map<String, ObjectNode> contents, List<String> devices) {
    Map<String, ObjectNode> known = new TreeMap<>();
    ObjectNode otherwise = contents.get(ALL);
    for (String device : devices) {
      ObjectNode content = contents.getOrDefault(device, otherwise);
      if (content != null) {
        known.put(device, content);
      }
    }
    return known;
  }

  private boolean isLocal(UserId user) {
    return user.serverName().equals(serverName);
  }
}
