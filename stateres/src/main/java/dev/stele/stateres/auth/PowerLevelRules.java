package dev.stele.stateres.auth;

import static dev.stele.stateres.auth.AuthVerdict.allow;
import static dev.stele.stateres.auth.AuthVerdict.deny;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.stele.stateres.event.Pdu;
import dev.stele.stateres.event.StateKey;
import dev.stele.stateres.id.UserId;
import dev.stele.stateres.version.RoomVersion;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Rule 10: {@code m.room.power_levels}. */
final class PowerLevelRules {
  private static final List<String> LEVELS =
      List.of(
          "users_default", "events_default", "state_default", "ban", "redact", "kick", "invite");

  private final AuthContext context;
  private final RoomVersion version;
  private final JsonNode after;

  private PowerLevelRules(AuthContext context) {
    this.context = context;
    this.version = context.version();
    this.after = context.event().content();
  }

  static AuthVerdict check(AuthContext context) {
    return new PowerLevelRules(context).check();
  }

  private AuthVerdict check() {
    AuthVerdict wellFormed = checkForm();
    if (!wellFormed.isAllowed()) {
      return wellFormed;
    }
    // 10.5. If there is no previous m.room.power_levels event in the room, allow.
    Pdu previous = context.state().get(StateKey.POWER_LEVELS);
    return previous == null ? allow() : checkChanges(previous.content());
  }

  private AuthVerdict checkForm() {
    // 10.1, 10.2. From version 10: levels must be integers.
    if (version.integerPowerLevels()) {
      for (String level : LEVELS) {
        if (after.has(level) && !after.get(level).isIntegralNumber()) {
          return deny(AuthReason.POWER_LEVEL_NOT_INTEGER, level + " is no integer");
        }
      }
      if (!areLevels(after.get("events")) || !areLevels(after.get("notifications"))) {
        return deny(AuthReason.POWER_LEVEL_NOT_INTEGER, "events or notifications are no levels");
      }
    }
    // 10.3. The users must be valid user ids with levels.
    if (!areLevels(after.get("users")) || !areUsers(after.path("users"))) {
      return deny(AuthReason.POWER_LEVELS_USERS_MALFORMED, "users are not users with levels");
    }
    // 10.4. From version 12: the users must not contain a creator.
    for (String creator : Creators.privileged(context.create())) {
      if (after.path("users").has(creator)) {
        return deny(AuthReason.POWER_LEVELS_NAME_CREATOR, creator + " is a creator");
      }
    }
    return allow();
  }

  private boolean areLevels(@Nullable JsonNode object) {
    boolean valid = object == null || object.isObject();
    for (JsonNode level : object == null ? MissingNode.getInstance() : object) {
      valid &= Level.of(version, level).isPresent();
    }
    return valid;
  }

  private static boolean areUsers(JsonNode object) {
    boolean valid = true;
    for (Map.Entry<String, JsonNode> entry : object.properties()) {
      valid &= UserId.isValid(entry.getKey());
    }
    return valid;
  }

  private AuthVerdict checkChanges(JsonNode before) {
    long sender = context.senderLevel();
    // 10.6. The levels that stand alone.
    for (String level : LEVELS) {
      AuthVerdict verdict = checkChange(level, before.get(level), after.get(level), sender);
      if (!verdict.isAllowed()) {
        return verdict;
      }
    }
    // 10.7, 10.8. Entries of events and, from version 6, notifications.
    AuthVerdict events = checkEntries(before.path("events"), after.path("events"), sender);
    if (!events.isAllowed()) {
      return events;
    }
    if (version.notificationLevelsChecked()) {
      AuthVerdict notifications =
          checkEntries(before.path("notifications"), after.path("notifications"), sender);
      if (!notifications.isAllowed()) {
        return notifications;
      }
    }
    // 10.9, 10.10. Entries of users.
    return checkUsers(before.path("users"), after.path("users"), sender);
  }

  private AuthVerdict checkEntries(JsonNode before, JsonNode now, long sender) {
    for (String name : namesOf(before, now)) {
      AuthVerdict verdict = checkChange(name, before.get(name), now.get(name), sender);
      if (!verdict.isAllowed()) {
        return verdict;
      }
    }
    return allow();
  }

  private AuthVerdict checkChange(
      String name, @Nullable JsonNode before, @Nullable JsonNode now, long sender) {
    OptionalLong old = Level.of(version, before);
    OptionalLong changed = Level.of(version, now);
    if (old.equals(changed)) {
      return allow();
    }
    if (old.isPresent() && old.getAsLong() > sender) {
      return deny(AuthReason.POWER_LEVEL_ABOVE_SENDER, name + " is above the sender");
    }
    if (changed.isPresent() && changed.getAsLong() > sender) {
      return deny(AuthReason.POWER_LEVEL_RAISED_ABOVE_SENDER, name + " rises above the sender");
    }
    return allow();
  }

  private AuthVerdict checkUsers(JsonNode before, JsonNode now, long sender) {
    for (String user : namesOf(before, now)) {
      OptionalLong old = Level.of(version, before.get(user));
      OptionalLong changed = Level.of(version, now.get(user));
      if (old.equals(changed)) {
        continue;
      }
      // 10.9. Of others, only those below the sender.
      if (old.isPresent() && old.getAsLong() >= sender && !user.equals(context.sender())) {
        return deny(AuthReason.POWER_LEVEL_OF_EQUAL, user + " is not below the sender");
      }
      // 10.10. Nobody above the sender.
      if (changed.isPresent() && changed.getAsLong() > sender) {
        return deny(AuthReason.POWER_LEVEL_RAISED_ABOVE_SENDER, user + " rises above the sender");
      }
    }
    // 10.11. Otherwise, allow.
    return allow();
  }

  private static Set<String> namesOf(JsonNode before, JsonNode now) {
    var names = new LinkedHashSet<String>();
    before.fieldNames().forEachRemaining(names::add);
    now.fieldNames().forEachRemaining(names::add);
    return names;
  }
}
