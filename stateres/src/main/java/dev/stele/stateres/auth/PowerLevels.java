package dev.stele.stateres.auth;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.stele.stateres.event.Pdu;
import dev.stele.stateres.event.StateKey;
import dev.stele.stateres.version.RoomVersion;
import java.util.LinkedHashSet;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Who may do what in a room, as its power levels event and its create event say, defaults included.
 * A level that the event writes in a way its room version does not know counts as not written.
 *
 * @see <a
 *     href="https://spec.matrix.org/v1.19/client-server-api/#mroompower_levels">m.room.power_levels</a>
 */
public final class PowerLevels {
  /** The level of a creator from room version 12 on: above every level that can be written. */
  public static final long CREATOR = Long.MAX_VALUE;

  private static final long CREATOR_WITHOUT_EVENT = 100;

  private final RoomVersion version;
  private final @Nullable Pdu create;
  private final boolean written;
  private final JsonNode content;

  private PowerLevels(RoomVersion version, @Nullable Pdu event, @Nullable Pdu create) {
    this.version = version;
    this.create = create;
    this.written = event != null;
    this.content = event == null ? JsonNodeFactory.instance.objectNode() : event.content();
  }

  /**
   * The levels of a room.
   *
   * @param event the room's power levels event; null when it has none
   * @param create the room's create event; null when it is not known, so that nobody is its creator
   */
  public static PowerLevels of(RoomVersion version, @Nullable Pdu event, @Nullable Pdu create) {
    return new PowerLevels(version, event, create);
  }

  /** The levels in a state. */
  public static PowerLevels of(RoomVersion version, AuthState state) {
    return of(version, state.get(StateKey.POWER_LEVELS), state.get(StateKey.CREATE));
  }

  /** The user's level; {@link #CREATOR} for privileged creators. */
  public long userLevel(String userId) {
    if (create != null && Creators.isPrivileged(create, userId)) {
      return CREATOR;
    }
    if (!written) {
      boolean made = create != null && userId.equals(Creators.creator(create));
      return made ? CREATOR_WITHOUT_EVENT : 0;
    }
    OptionalLong own = Level.of(version, content.path("users").get(userId));
    return own.isPresent() ? own.getAsLong() : usersDefault();
  }

  /** The level needed to send events of this type, as state or as a message. */
  public long requiredLevel(String type, boolean state) {
    OptionalLong own = Level.of(version, content.path("events").get(type));
    if (own.isPresent()) {
      return own.getAsLong();
    }
    return state ? stateDefault() : eventsDefault();
  }

  /** The level of users who are not named. */
  public long usersDefault() {
    return named("users_default", 0);
  }

  /** Every user with a level of their own: those that the event names, and privileged creators. */
  public Set<String> namedUsers() {
    Set<String> named = new LinkedHashSet<>();
    if (create != null) {
      named.addAll(Creators.privileged(create));
    }
    content.path("users").fieldNames().forEachRemaining(named::add);
    return named;
  }

  /** Whether users who are not named have the level to invite. */
  public boolean everybodyMayInvite() {
    return usersDefault() >= inviteLevel();
  }

  /** The level needed for messages whose type is not named. */
  public long eventsDefault() {
    return named("events_default", 0);
  }

  /** The level needed for state whose type is not named. */
  public long stateDefault() {
    return named("state_default", 50);
  }

  /** The level needed to invite. */
  public long inviteLevel() {
    return named("invite", 0);
  }

  /** The level needed to kick. */
  public long kickLevel() {
    return named("kick", 50);
  }

  /** The level needed to ban. */
  public long banLevel() {
    return named("ban", 50);
  }

  /** The level needed to redact what others sent. */
  public long redactLevel() {
    return named("redact", 50);
  }

  /** The level needed to trigger a kind of notification, such as {@code room}. */
  public long notificationLevel(String kind) {
    return Level.of(version, content.path("notifications").get(kind)).orElse(50);
  }

  /** Whether the user has the level to send events of this type. */
  public boolean maySend(String userId, String type, boolean state) {
    return userLevel(userId) >= requiredLevel(type, state);
  }

  /** Whether the user has the level to invite. */
  public boolean mayInvite(String userId) {
    return userLevel(userId) >= inviteLevel();
  }

  /** Whether the user has the level to kick this other user. */
  public boolean mayKick(String userId, String target) {
    long level = userLevel(userId);
    return level >= kickLevel() && userLevel(target) < level;
  }

  /** Whether the user has the level to ban this other user. */
  public boolean mayBan(String userId, String target) {
    long level = userLevel(userId);
    return level >= banLevel() && userLevel(target) < level;
  }

  /** Whether the user has the level to redact what others sent. */
  public boolean mayRedact(String userId) {
    return userLevel(userId) >= redactLevel();
  }

  /** Whether the user has the level to trigger a kind of notification, such as {@code room}. */
  public boolean mayNotify(String userId, String kind) {
    return userLevel(userId) >= notificationLevel(kind);
  }

  private long named(String name, long otherwise) {
    return Level.of(version, content.get(name)).orElse(otherwise);
  }
}
