package dev.stele.server.account;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.stele.api.ErrorCode;
import dev.stele.api.Limits;
import dev.stele.api.MatrixError;
import dev.stele.server.projection.Accounts;
import dev.stele.server.projection.MembershipRow;
import dev.stele.server.projection.Rooms;
import dev.stele.server.record.ProfileFieldSet;
import dev.stele.server.record.RecordLog;
import dev.stele.server.room.ChangeMembership;
import dev.stele.server.room.RoomShards;
import io.vertx.core.Future;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Changes users' profiles, and tells the rooms that they are in. Client-server API, "Profiles".
 * Thread-safe; a user's profile changes one field at a time.
 */
public final class ProfileChanges {
  private final RecordLog log;
  private final Accounts accounts;
  private final Rooms rooms;
  private final RoomShards shards;
  private final UserQueues queues;

  public ProfileChanges(
      RecordLog log, Accounts accounts, Rooms rooms, RoomShards shards, UserQueues queues) {
    this.log = log;
    this.accounts = accounts;
    this.rooms = rooms;
    this.shards = shards;
    this.queues = queues;
  }

  /**
   * Sets a field to a value that {@link ProfileFields} has found good, or removes it.
   *
   * @param value the value, or null to remove the field
   * @return what stands against it; empty once the change is durable and every room knows it. When
   *     the future fails, the profile may have changed and some rooms may not know: to be repeated.
   */
  public Future<Optional<MatrixError>> set(String userId, String field, @Nullable JsonNode value) {
    return queues.submit(
        userId,
        () -> accounts.profile(userId).compose(profile -> set(userId, profile, field, value)));
  }

  private Future<Optional<MatrixError>> set(
      String userId, ObjectNode profile, String field, @Nullable JsonNode value) {
    JsonNode before = value == null ? profile.remove(field) : profile.replace(field, value);
    if (value != null && size(profile) >= Limits.MAX_PROFILE_BYTES) {
      return Future.succeededFuture(
          Optional.of(
              MatrixError.of(ErrorCode.PROFILE_TOO_LARGE, "A profile must stay below 64 KiB")));
    }
    Future<?> written =
        Objects.equals(before, value)
            ? Future.succeededFuture()
            : log.append(List.of(new ProfileFieldSet(userId, field, value)));
    return written.compose(done -> tellRooms(userId, profile, field)).map(Optional.empty());
  }

  private Future<Void> tellRooms(String userId, ObjectNode profile, String field) {
    if (!ProfileFields.isSeenInRooms(field)) {
      return Future.succeededFuture();
    }
    ObjectNode seen = profile.deepCopy().retain(ProfileFields.SEEN_IN_ROOMS);
    return rooms
        .memberships(userId)
        .compose(
            memberships ->
                Future.all(
                    memberships.stream()
                        .filter(row -> row.membership().equals("join"))
                        .map(row -> tell(row, seen))
                        .toList()))
        .mapEmpty();
  }

  private Future<?> tell(MembershipRow row, ObjectNode seen) {
    return shards.submit(
        new ChangeMembership(
            row.roomId(),
            ChangeMembership.Action.UPDATE_PROFILE,
            row.userId(),
            row.userId(),
            seen));
  }

  private static int size(ObjectNode profile) {
    return profile.toString().getBytes(StandardCharsets.UTF_8).length;
  }
}
