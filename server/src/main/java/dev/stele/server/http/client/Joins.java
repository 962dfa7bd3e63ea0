package dev.stele.server.http.client;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.stele.server.room.ChangeMembership;
import dev.stele.server.room.ChangeMembership.Action;
import dev.stele.server.room.RedeemInvite;
import dev.stele.server.room.RestrictedJoins;
import dev.stele.server.room.RoomOutcome;
import dev.stele.server.room.RoomShards;
import io.vertx.core.Future;
import java.util.Optional;

/** Users who join rooms. Thread-safe. */
final class Joins {
  private final RoomShards shards;
  private final MemberContents contents;
  private final RestrictedJoins restricted;
  private final ThirdPartyProofs proofs;
  private final Newcomers newcomers;

  Joins(
      RoomShards shards,
      MemberContents contents,
      RestrictedJoins restricted,
      ThirdPartyProofs proofs,
      Newcomers newcomers) {
    this.shards = shards;
    this.contents = contents;
    this.restricted = restricted;
    this.proofs = proofs;
    this.newcomers = newcomers;
  }

  /**
   * A user joins.
   *
   * @param said what the member event says besides the profile; not changed from here on
   */
  Future<RoomOutcome> join(String roomId, String userId, ObjectNode said) {
    return Future.all(contents.of(userId, said), restricted.authoriser(roomId, userId))
        .compose(
            both -> {
              ObjectNode content = both.resultAt(0);
              both.<Optional<String>>resultAt(1)
                  .ifPresent(user -> content.put(RestrictedJoins.AUTHORISER, user));
              return shards.submit(
                  new ChangeMembership(roomId, Action.JOIN, userId, userId, content));
            })
        .compose(outcome -> welcome(outcome, roomId, userId));
  }

  /** A user joins by an invite that was issued to an address of theirs. */
  Future<RoomOutcome> redeem(String roomId, String userId, ObjectNode said, ObjectNode signed) {
    return Future.all(contents.of(userId, said), proofs.check(roomId, userId, signed))
        .compose(
            both -> {
              ObjectNode content = both.resultAt(0);
              return shards.submit(new RedeemInvite(roomId, userId, signed, content));
            })
        .compose(outcome -> welcome(outcome, roomId, userId));
  }

  private Future<RoomOutcome> welcome(RoomOutcome outcome, String roomId, String userId) {
    return outcome instanceof RoomOutcome.Done
        ? newcomers.joined(roomId, userId).map(outcome)
        : Future.succeededFuture(outcome);
  }

  /** What else happens when a user is in a room. */
  @FunctionalInterface
  interface Newcomers {
    /** Told after each join, also of somebody who was in the room already. */
    Future<Void> joined(String roomId, String userId);
  }
}
