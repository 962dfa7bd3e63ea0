package dev.stele.server.room;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.stele.stateres.version.RoomVersion;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A room as its creator wants it. Client-server API, "Creation".
 *
 * @param creator the user who creates it
 * @param version its version
 * @param preset its defaults
 * @param listed whether the public room directory lists it
 * @param alias its alias, in full, or null
 * @param name its name, or null
 * @param topic its topic, or null
 * @param invited whom to invite, each once
 * @param direct whether the invites are for a direct chat
 * @param initialState further state, in order
 * @param creationContent what else the create event says
 * @param powerLevels what to change about the power levels
 */
public record NewRoom(
    String creator,
    RoomVersion version,
    RoomPreset preset,
    boolean listed,
    @Nullable String alias,
    @Nullable String name,
    @Nullable String topic,
    List<String> invited,
    boolean direct,
    List<Piece> initialState,
    ObjectNode creationContent,
    ObjectNode powerLevels) {
  public NewRoom {
    invited = List.copyOf(invited);
    initialState = List.copyOf(initialState);
  }

  /** The same room with more people to invite. */
  public NewRoom inviting(Collection<String> more) {
    Set<String> all = new LinkedHashSet<>(invited);
    all.addAll(more);
    return new NewRoom(
        creator,
        version,
        preset,
        listed,
        alias,
        name,
        topic,
        List.copyOf(all),
        direct,
        initialState,
        creationContent,
        powerLevels);
  }

  /** Everybody who is invited, by the list or by a piece of the initial state. */
  public Set<String> invitees() {
    Set<String> invitees = new LinkedHashSet<>(invited);
    initialState.stream()
        .filter(piece -> piece.type().equals("m.room.member"))
        .filter(piece -> piece.content().path("membership").asText().equals("invite"))
        .forEach(piece -> invitees.add(piece.stateKey()));
    return invitees;
  }

  /** A piece of state to begin with. */
  public record Piece(String type, String stateKey, ObjectNode content) {}
}
