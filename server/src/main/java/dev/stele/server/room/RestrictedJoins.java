package dev.stele.server.room;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.stele.server.event.EventCache;
import dev.stele.server.projection.MembershipRow;
import dev.stele.server.projection.Rooms;
import dev.stele.server.projection.StateRow;
import dev.stele.stateres.auth.PowerLevels;
import dev.stele.stateres.id.UserId;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Finds out whether a user may join a restricted room for being in another one, and which member
 * vouches for that. The room's rules check the vouching once more. Client-server API, "Restricted
 * rooms".
 */
public final class RestrictedJoins {
  /** The field of a join that names who vouches for it. */
  public static final String AUTHORISER = "join_authorised_via_users_server";

  private static final long NOW = Long.MAX_VALUE - 1;
  private static final Set<String> RULES = Set.of("restricted", "knock_restricted");
  private static final Set<String> NEED_NOBODY = Set.of("join", "invite");
  private static final int MAX_CONDITIONS = 100;
  private static final int MAX_CANDIDATES = 100;

  private final String serverName;
  private final Rooms rooms;
  private final EventCache events;
  private final RoomPowers powers;

  public RestrictedJoins(String serverName, Rooms rooms, EventCache events, RoomPowers powers) {
    this.serverName = serverName;
    this.rooms = rooms;
    this.events = events;
    this.powers = powers;
  }

  /** Who vouches for the user; nobody if the room is not restricted, or lets the user in anyway. */
  public Future<Optional<String>> authoriser(String roomId, String userId) {
    return joinRules(roomId)
        .compose(
            rules ->
                RULES.contains(rules.path("join_rule").asText())
                    ? authoriser(roomId, userId, conditions(rules))
                    : Future.succeededFuture(Optional.empty()));
  }

  private Future<JsonNode> joinRules(String roomId) {
    return rooms
        .stateAt(roomId, "m.room.join_rules", "", NOW)
        .compose(row -> events.byId(row.map(rules -> List.of(rules.eventId())).orElse(List.of())))
        .map(
            found ->
                found.values().stream()
                    .findFirst()
                    .<JsonNode>map(event -> event.pdu().content())
                    .orElse(MissingNode.getInstance()));
  }

  /** The rooms whose members are let in. */
  private static Set<String> conditions(JsonNode rules) {
    List<String> allowed = new ArrayList<>();
    for (JsonNode condition : rules.path("allow")) {
      if (condition.path("type").asText().equals("m.room_membership")
          && allowed.size() < MAX_CONDITIONS) {
        allowed.add(condition.path("room_id").asText());
      }
    }
    return Set.copyOf(allowed);
  }

  private Future<Optional<String>> authoriser(String roomId, String userId, Set<String> allowed) {
    return rooms
        .memberships(userId)
        .compose(
            memberships ->
                needsNobody(memberships, roomId) || !isInOneOf(memberships, allowed)
                    ? Future.succeededFuture(Optional.empty())
                    : candidate(roomId, userId));
  }

  private static boolean needsNobody(List<MembershipRow> memberships, String roomId) {
    return memberships.stream()
        .anyMatch(row -> row.roomId().equals(roomId) && NEED_NOBODY.contains(row.membership()));
  }

  private static boolean isInOneOf(List<MembershipRow> memberships, Set<String> allowed) {
    return memberships.stream()
        .anyMatch(row -> row.membership().equals("join") && allowed.contains(row.roomId()));
  }

  private Future<Optional<String>> candidate(String roomId, String userId) {
    return powers
        .of(roomId)
        .compose(
            levels ->
                levels.isEmpty()
                    ? Future.succeededFuture(Optional.empty())
                    : named(roomId, userId, levels.get())
                        .compose(
                            found ->
                                found.isPresent() || !levels.get().everybodyMayInvite()
                                    ? Future.succeededFuture(found)
                                    : anybody(roomId, userId, levels.get())));
  }

  /** Of those who have a level of their own, one who is in the room. */
  private Future<Optional<String>> named(String roomId, String userId, PowerLevels levels) {
    List<String> able =
        levels.namedUsers().stream()
            .filter(user -> !user.equals(userId) && isLocal(user) && levels.mayInvite(user))
            .toList();
    return rooms
        .stateAt(roomId, "m.room.member", able, NOW)
        .map(
            members ->
                members.stream()
                    .filter(member -> "join".equals(member.value()))
                    .map(StateRow::stateKey)
                    .min(Comparator.naturalOrder()));
  }

  /** Of those who have been in the room for longest, one whom nobody has taken the power from. */
  private Future<Optional<String>> anybody(String roomId, String userId, PowerLevels levels) {
    return rooms
        .otherMembers(roomId, userId, List.of("join"), MAX_CANDIDATES)
        .map(
            members ->
                members.stream()
                    .map(MembershipRow::userId)
                    .filter(user -> isLocal(user) && levels.mayInvite(user))
                    .findFirst());
  }

  /** Only this server's signature can be had. */
  private boolean isLocal(String userId) {
    return UserId.serverNameOf(userId).equals(serverName);
  }
}
