package dev.stele.server.http.client;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.stele.server.http.BadRequest;
import dev.stele.server.http.Body;
import dev.stele.server.identity.IdentityAnswer;
import dev.stele.server.identity.IdentityServers;
import dev.stele.server.identity.StoredInvite;
import dev.stele.server.identity.ThirdPartyId;
import dev.stele.server.room.EventDraft;
import dev.stele.server.room.Profiles;
import dev.stele.server.room.RoomOutcome;
import dev.stele.server.room.RoomShards;
import dev.stele.server.room.SendEvent;
import dev.stele.stateres.event.Pdu;
import dev.stele.stateres.id.ServerName;
import io.vertx.core.Future;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** Invites of people who are known by an address. Client-server API, "Third-party invites". */
final class ThirdPartyInvites {
  /** The state that the identity server may tell the invited of: its field, by type. */
  private static final Map<String, Detail> DETAILS =
      Map.of(
          "m.room.canonical_alias", new Detail("alias", "room_alias"),
          "m.room.avatar", new Detail("url", "room_avatar_url"),
          "m.room.join_rules", new Detail("join_rule", "room_join_rules"),
          "m.room.name", new Detail("name", "room_name"),
          "m.room.create", new Detail("type", "room_type"));

  private final IdentityServers servers;
  private final CurrentState state;
  private final Profiles profiles;
  private final RoomShards shards;

  ThirdPartyInvites(
      IdentityServers servers, CurrentState state, Profiles profiles, RoomShards shards) {
    this.servers = servers;
    this.state = state;
    this.profiles = profiles;
    this.shards = shards;
  }

  /** Whom the body of a request names, and whom to ask about them. */
  static ThirdPartyId read(Body body) {
    String server = body.requiredString("id_server");
    String medium = body.requiredString("medium");
    String address = Identifiers.key("address", body.requiredString("address"));
    String token = body.requiredString("id_access_token");
    if (token.chars().anyMatch(c -> c <= ' ' || c >= 0x7f)) {
      throw Identifiers.invalid("id_access_token is no access token");
    }
    return new ThirdPartyId(
        ServerName.parse(server)
            .orElseThrow(() -> Identifiers.invalid("id_server is no server name")),
        token,
        medium,
        medium.equals("email") ? address.toLowerCase(Locale.ROOT) : address);
  }

  /** The user who has bound the address, if anybody has. */
  Future<Optional<String>> lookup(ThirdPartyId id) {
    return servers.lookup(id).map(ThirdPartyInvites::told);
  }

  /** Issues an invite that waits for somebody to bind the address. */
  Future<RoomOutcome> issue(String roomId, String sender, ThirdPartyId id) {
    return details(roomId, sender)
        .compose(details -> servers.storeInvite(id, details))
        .map(ThirdPartyInvites::told)
        .compose(stored -> send(roomId, sender, stored));
  }

  private Future<RoomOutcome> send(String roomId, String sender, StoredInvite stored) {
    EventDraft draft =
        EventDraft.state("m.room.third_party_invite", stored.token(), sender, stored.content());
    return shards.submit(new SendEvent(roomId, draft, null, null));
  }

  private Future<ObjectNode> details(String roomId, String sender) {
    return Future.all(
            state.pieces(roomId, List.copyOf(DETAILS.keySet())), profiles.of(List.of(sender)))
        .map(
            both -> {
              ObjectNode details =
                  JsonNodeFactory.instance
                      .objectNode()
                      .put("room_id", roomId)
                      .put("sender", sender);
              List<Pdu> pieces = both.resultAt(0);
              pieces.forEach(
                  piece ->
                      Objects.requireNonNull(DETAILS.get(piece.type()))
                          .copy(piece.content(), details));
              ObjectNode profile = both.<Map<String, ObjectNode>>resultAt(1).get(sender);
              if (profile != null) {
                new Detail("displayname", "sender_display_name").copy(profile, details);
                new Detail("avatar_url", "sender_avatar_url").copy(profile, details);
              }
              return details;
            });
  }

  static <T> T told(IdentityAnswer<T> answer) {
    if (answer instanceof IdentityAnswer.Failed<T> failed) {
      throw new BadRequest(failed.error());
    }
    return ((IdentityAnswer.Told<T>) answer).value();
  }

  private record Detail(String field, String name) {
    void copy(ObjectNode from, ObjectNode to) {
      if (from.path(field).isTextual()) {
        to.set(name, from.get(field));
      }
    }
  }
}
