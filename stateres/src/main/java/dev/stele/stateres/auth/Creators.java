package dev.stele.stateres.auth;

import com.fasterxml.jackson.databind.JsonNode;
import dev.stele.stateres.event.Pdu;
import dev.stele.stateres.id.UserId;
import java.util.LinkedHashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Who made a room. */
public final class Creators {
  private Creators() {}

  /**
   * The one user who made the room: named in the content until version 10, the sender of the create
   * event from version 11 on. Null when an old create event names none.
   */
  public static @Nullable String creator(Pdu create) {
    return create.version().creatorInContent() ? create.contentText("creator") : create.sender();
  }

  /**
   * Whether the user stands above all power levels: from version 12, the sender and those named.
   */
  public static boolean isPrivileged(Pdu create, String userId) {
    if (!create.version().creatorsArePrivileged()) {
      return false;
    }
    if (create.sender().equals(userId)) {
      return true;
    }
    for (JsonNode named : create.content().path("additional_creators")) {
      if (userId.equals(named.textValue())) {
        return true;
      }
    }
    return false;
  }

  /** Every user who stands above all power levels; none before version 12. */
  public static Set<String> privileged(Pdu create) {
    var users = new LinkedHashSet<String>();
    if (create.version().creatorsArePrivileged()) {
      users.add(create.sender());
      create.content().path("additional_creators").forEach(named -> users.add(named.asText()));
    }
    return users;
  }

  /** Whether {@code additional_creators} is absent or an array of user ids. */
  static boolean areWellFormed(Pdu create) {
    JsonNode named = create.content().get("additional_creators");
    if (named == null) {
      return true;
    }
    boolean valid = named.isArray();
    for (JsonNode user : named) {
      valid &= user.isTextual() && UserId.isValid(user.textValue());
    }
    return valid;
  }
}
