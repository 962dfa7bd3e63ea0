package dev.stele.server.projection;

import com.fasterxml.jackson.databind.JsonNode;
import dev.stele.server.record.AccountDataSet;
import dev.stele.server.record.Fact;
import org.jspecify.annotations.Nullable;

/** Whether users want no invites, by their account data. Client-server API, "Invite permission". */
public final class InviteBlocking {
  /** The type of the account data that says so. */
  public static final String TYPE = "m.invite_permission_config";

  private InviteBlocking() {}

  /** Whether a fact says whether a user wants invites. */
  public static boolean says(Fact fact) {
    return fact instanceof AccountDataSet set && set.roomId() == null && set.type().equals(TYPE);
  }

  /** Whether invites are blocked by this content; null stands for none. */
  public static boolean blocks(@Nullable JsonNode content) {
    return content != null && content.path("default_action").asText().equals("block");
  }
}
