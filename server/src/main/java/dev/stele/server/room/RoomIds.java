package dev.stele.server.room;

import dev.stele.stateres.version.RoomVersion;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** Ids for new rooms. Thread-safe. */
public final class RoomIds {
  private static final int BYTES = 18;

  private final String serverName;
  private final RandomGenerator random = new SecureRandom();

  public RoomIds(String serverName) {
    this.serverName = serverName;
  }

  /** A room id that nobody can guess; null where the version derives it from the create event. */
  public @Nullable String next(RoomVersion version) {
    if (version.roomIdIsCreateHash()) {
      return null;
    }
    byte[] bytes = new byte[BYTES];
    random.nextBytes(bytes);
    return "!" + Base64.getUrlEncoder().withoutPadding().encodeToString(bytes) + ":" + serverName;
  }
}
