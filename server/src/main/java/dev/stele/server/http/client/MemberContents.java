package dev.stele.server.http.client;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.stele.server.room.Profiles;
import io.vertx.core.Future;
import java.util.List;

/** What member events say of the people behind them. Thread-safe. */
final class MemberContents {
  private final Profiles profiles;

  MemberContents(Profiles profiles) {
    this.profiles = profiles;
  }

  /**
   * The content of a user's member event, with what it lacks of the user's profile.
   *
   * @param said what it says already; not changed
   */
  Future<ObjectNode> of(String userId, ObjectNode said) {
    return profiles
        .of(List.of(userId))
        .map(
            known -> {
              ObjectNode content = JsonNodeFactory.instance.objectNode();
              ObjectNode profile = known.get(userId);
              if (profile != null) {
                content.setAll(profile);
              }
              content.setAll(said);
              return content;
            });
  }
}
