package dev.stele.server.record;

import com.fasterxml.jackson.annotation.JsonIgnore;
import dev.stele.eventstore.Claim;
import java.util.List;

/**
 * What one record of the log says: something that has happened and will not unhappen. Named in the
 * past tense.
 *
 * <p>A fact's components are its JSON; those marked {@link Erasable} are kept in the record's
 * content part, which can be erased, and read as null from then on.
 */
public sealed interface Fact
    permits AccountDataSet,
        AliasCreated,
        AliasDeleted,
        BackupCreated,
        BackupDeleted,
        BackupUpdated,
        CrossSigningKeysUploaded,
        DeviceKeysUploaded,
        DehydratedDeviceStored,
        DeviceOpened,
        DeviceRenamed,
        DeviceSeen,
        DevicesClosed,
        EventReported,
        FallbackKeysUploaded,
        FilterCreated,
        InboxRead,
        KeySignaturesUploaded,
        KeysClaimed,
        LoginTokenSpent,
        OneTimeKeysUploaded,
        ProfileFieldSet,
        ReceiptSent,
        RoomEvent,
        RoomForgotten,
        RoomKeysDeleted,
        RoomKeysStored,
        RoomPublished,
        RoomReported,
        ShortTokenIssued,
        ToDeviceSent,
        TokensRefreshed,
        TokensTaken,
        UserRegistered,
        UserReported,
        UsersVerified {

  /** The stream that the record belongs to. */
  @JsonIgnore
  String stream();

  /** The names that this fact takes, settled when it is appended. */
  @JsonIgnore
  default List<Claim> claims() {
    return List.of();
  }

  /** The names that this fact gives up. */
  @JsonIgnore
  default List<Claim> releases() {
    return List.of();
  }

  /** The stream of everything about a user. */
  static String userStream(String userId) {
    return "user/" + userId;
  }

  /** The stream of everything about a room. */
  static String roomStream(String roomId) {
    return "room/" + roomId;
  }
}
