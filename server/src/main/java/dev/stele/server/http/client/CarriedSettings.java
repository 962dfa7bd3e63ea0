package dev.stele.server.http.client;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.stele.server.account.AccountDataChanges;
import dev.stele.server.projection.UserData;
import dev.stele.server.push.RuleSet;
import dev.stele.stateres.event.Pdu;
import io.vertx.core.Future;
import java.util.Optional;

/**
 * Brings what a user has settled about a room along to the one that has replaced it: its tags, with
 * whom it is a direct chat, and the push rules that are about the room. Client-server API, "Room
 * Upgrades". Thread-safe.
 */
final class CarriedSettings implements Joins.Newcomers {
  private static final String TAGS = "m.tag";
  private static final String DIRECT = "m.direct";

  private final OldRooms oldRooms;
  private final UserData data;
  private final AccountDataChanges changes;

  CarriedSettings(OldRooms oldRooms, UserData data, AccountDataChanges changes) {
    this.oldRooms = oldRooms;
    this.data = data;
    this.changes = changes;
  }

  @Override
  public Future<Void> joined(String roomId, String userId) {
    return predecessor(roomId)
        .compose(
            old ->
                old.isEmpty()
                    ? Future.succeededFuture()
                    : Future.all(
                            carryTags(old.get(), roomId, userId),
                            carryDirect(old.get(), roomId, userId),
                            carryPushRules(old.get(), roomId, userId))
                        .mapEmpty());
  }

  /** The room that this one has replaced, if that room says so too. */
  private Future<Optional<String>> predecessor(String roomId) {
    return oldRooms
        .create(roomId)
        .compose(
            create -> {
              String old = create.map(CarriedSettings::predecessor).orElse("");
              return old.isEmpty()
                  ? Future.succeededFuture(Optional.empty())
                  : oldRooms
                      .replacement(old)
                      .map(replacement -> replacement.filter(roomId::equals).map(same -> old));
            });
  }

  private static String predecessor(Pdu create) {
    return create.content().path("predecessor").path("room_id").asText();
  }

  private Future<Void> carryTags(String old, String roomId, String userId) {
    return data.accountData(userId, old, TAGS)
        .compose(
            tags ->
                tags.isEmpty()
                    ? Future.succeededFuture()
                    : changes.change(
                        userId, roomId, TAGS, present -> present.isEmpty() ? tags.get() : present));
  }

  private Future<Void> carryDirect(String old, String roomId, String userId) {
    return data.accountData(userId, UserData.GLOBAL, DIRECT)
        .compose(
            direct ->
                direct.isEmpty()
                    ? Future.succeededFuture()
                    : changes.change(
                        userId, UserData.GLOBAL, DIRECT, present -> alsoIn(present, old, roomId)));
  }

  private Future<Void> carryPushRules(String old, String roomId, String userId) {
    return data.accountData(userId, UserData.GLOBAL, RuleSet.TYPE)
        .compose(
            stored ->
                stored.isEmpty()
                    ? Future.succeededFuture()
                    : changes.change(
                        userId,
                        UserData.GLOBAL,
                        RuleSet.TYPE,
                        present -> alsoFor(userId, present, old, roomId)));
  }

  private static ObjectNode alsoFor(String userId, ObjectNode stored, String old, String roomId) {
    RuleSet before = RuleSet.of(userId, stored);
    RuleSet after = before.alsoFor(old, roomId);
    return after == before ? stored : after.json();
  }

  /** Adds a room wherever the old one stands. What is no list of rooms is left alone. */
  private static ObjectNode alsoIn(ObjectNode direct, String old, String roomId) {
    for (JsonNode rooms : direct) {
      if (rooms instanceof ArrayNode list && has(list, old) && !has(list, roomId)) {
        list.add(roomId);
      }
    }
    return direct;
  }

  private static boolean has(ArrayNode list, String roomId) {
    boolean found = false;
    for (JsonNode room : list) {
      found |= room.asText().equals(roomId);
    }
    return found;
  }
}
