package dev.stele.server.record;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.stele.eventstore.LogRecord;
import dev.stele.eventstore.NewRecord;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Turns facts into records of the log and back.
 *
 * <p>A kind's name is written into the log for good: names here are only ever added.
 */
final class FactCodec {
  private static final ObjectMapper MAPPER =
      JsonMapper.builder()
          .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
          .defaultPropertyInclusion(
              JsonInclude.Value.construct(
                  JsonInclude.Include.NON_NULL, JsonInclude.Include.NON_NULL))
          .build();

  private static final String ROOM_EVENT = "room.event";

  private static final List<Kind> KINDS =
      List.of(
          Kind.of("account_data.set", AccountDataSet.class),
          Kind.of("alias.created", AliasCreated.class),
          Kind.of("alias.deleted", AliasDeleted.class),
          Kind.of("backup.created", BackupCreated.class),
          Kind.of("backup.deleted", BackupDeleted.class),
          Kind.of("backup.updated", BackupUpdated.class),
          Kind.of("cross_signing_keys.uploaded", CrossSigningKeysUploaded.class),
          Kind.of("dehydrated_device.stored", DehydratedDeviceStored.class),
          Kind.of("device.opened", DeviceOpened.class),
          Kind.of("device.renamed", DeviceRenamed.class),
          Kind.of("device.seen", DeviceSeen.class),
          Kind.of("device_keys.uploaded", DeviceKeysUploaded.class),
          Kind.of("devices.closed", DevicesClosed.class),
          Kind.of("event.reported", EventReported.class),
          Kind.of("fallback_keys.uploaded", FallbackKeysUploaded.class),
          Kind.of("filter.created", FilterCreated.class),
          Kind.of("inbox.read", InboxRead.class),
          Kind.of("key_signatures.uploaded", KeySignaturesUploaded.class),
          Kind.of("keys.claimed", KeysClaimed.class),
          Kind.of("login_token.spent", LoginTokenSpent.class),
          Kind.of("one_time_keys.uploaded", OneTimeKeysUploaded.class),
          Kind.of("profile.field_set", ProfileFieldSet.class),
          Kind.of("receipt.sent", ReceiptSent.class),
          Kind.of("room.forgotten", RoomForgotten.class),
          Kind.of("room.published", RoomPublished.class),
          Kind.of("room.reported", RoomReported.class),
          Kind.of("room_keys.deleted", RoomKeysDeleted.class),
          Kind.of("room_keys.stored", RoomKeysStored.class),
          Kind.of("short_token.issued", ShortTokenIssued.class),
          Kind.of("to_device.sent", ToDeviceSent.class),
          Kind.of("tokens.refreshed", TokensRefreshed.class),
          Kind.of("tokens.taken", TokensTaken.class),
          Kind.of("user.registered", UserRegistered.class),
          Kind.of("user.reported", UserReported.class),
          Kind.of("users.verified", UsersVerified.class));

  private static final Map<String, Kind> BY_NAME =
      KINDS.stream().collect(Collectors.toUnmodifiableMap(Kind::name, kind -> kind));
  private static final Map<Class<?>, Kind> BY_TYPE =
      KINDS.stream().collect(Collectors.toUnmodifiableMap(Kind::type, kind -> kind));

  private FactCodec() {}

  static NewRecord encode(Fact fact) {
    return fact instanceof RoomEvent event ? encodeEvent(event) : encodePlain(fact);
  }

  static Fact decode(LogRecord record) {
    if (record.decoded() instanceof Fact fact) {
      return fact;
    }
    try {
      return record.kind().equals(ROOM_EVENT)
          ? RoomEventJson.read(record.skeleton(), record.content())
          : decodePlain(record);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("record " + record.position() + " cannot be read", e);
    }
  }

  private static NewRecord encodeEvent(RoomEvent event) {
    NewRecord record =
        new NewRecord(
            event.stream(),
            ROOM_EVENT,
            RoomEventJson.skeleton(event),
            RoomEventJson.content(event),
            event.claims(),
            event);
    event.pdu().pack();
    return record;
  }

  private static NewRecord encodePlain(Fact fact) {
    Kind kind = BY_TYPE.get(fact.getClass());
    if (kind == null) {
      throw new IllegalArgumentException("kind: " + fact.getClass() + " (expected: a known one)");
    }
    ObjectNode skeleton = MAPPER.valueToTree(fact);
    ObjectNode content = MAPPER.createObjectNode();
    for (String field : kind.erasable()) {
      JsonNode value = skeleton.remove(field);
      if (value != null) {
        content.set(field, value);
      }
    }
    return new NewRecord(
        fact.stream(),
        kind.name(),
        skeleton.toString(),
        content.isEmpty() ? null : content.toString(),
        fact.claims(),
        fact);
  }

  private static Fact decodePlain(LogRecord record) throws JsonProcessingException {
    Kind kind = BY_NAME.get(record.kind());
    if (kind == null) {
      throw new IllegalStateException(
          "record " + record.position() + " is of kind " + record.kind() + ", which is not known");
    }
    ObjectNode json = (ObjectNode) MAPPER.readTree(record.skeleton());
    @Nullable String content = record.content();
    if (content != null) {
      json.setAll((ObjectNode) MAPPER.readTree(content));
    }
    return MAPPER.treeToValue(json, kind.type());
  }

  /**
   * A kind of plain fact: its name in the log, its class, and the JSON fields that are erasable.
   */
  private record Kind(String name, Class<? extends Fact> type, List<String> erasable) {
    static Kind of(String name, Class<? extends Fact> type) {
      List<String> erasable =
          Arrays.stream(type.getRecordComponents())
              .filter(component -> component.isAnnotationPresent(Erasable.class))
              .map(RecordComponent::getName)
              .map(field -> PropertyNamingStrategies.SnakeCaseStrategy.INSTANCE.translate(field))
              .toList();
      return new Kind(name, type, erasable);
    }
  }
}
