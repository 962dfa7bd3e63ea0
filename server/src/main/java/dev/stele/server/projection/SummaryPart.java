package dev.stele.server.projection;

import com.fasterxml.jackson.databind.JsonNode;
import dev.stele.stateres.event.Pdu;
import io.vertx.sqlclient.Tuple;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What of a room's summary one piece of its state tells: all have the empty state key. */
enum SummaryPart {
  CREATE(
      "m.room.create",
      "room_type = $2, predecessor = $3",
      pdu -> Tuple.of(type(pdu), text(pdu.content().path("predecessor").get("room_id")))),
  TOMBSTONE(
      "m.room.tombstone",
      "successor = $2",
      pdu -> Tuple.of(text(pdu.content().get("replacement_room")))),
  ENCRYPTION(
      "m.room.encryption",
      "encryption = $2",
      pdu -> Tuple.of(text(pdu.content().get("algorithm")))),
  NAME(
      "m.room.name",
      "name = $2, name_words = array_to_tsvector($3::text[])",
      pdu -> searchable(text(pdu.content().get("name")))),
  TOPIC(
      "m.room.topic",
      "topic = $2, topic_words = array_to_tsvector($3::text[])",
      pdu -> searchable(topic(pdu.content()))),
  ALIAS(
      "m.room.canonical_alias",
      "canonical_alias = $2, alias_words = array_to_tsvector($3::text[])",
      pdu -> searchable(text(pdu.content().get("alias")))),
  AVATAR("m.room.avatar", "avatar_url = $2", pdu -> Tuple.of(text(pdu.content().get("url")))),
  JOIN_RULES(
      "m.room.join_rules", "join_rule = $2, allowed_rooms = $3", pdu -> joinRules(pdu.content())),
  GUEST_ACCESS(
      "m.room.guest_access",
      "guests_may_join = $2",
      pdu -> Tuple.of("can_join".equals(pdu.contentText("guest_access")))),
  HISTORY_VISIBILITY(
      "m.room.history_visibility",
      "world_readable = $2",
      pdu -> Tuple.of("world_readable".equals(pdu.contentText("history_visibility"))));

  private static final int MAX_TYPE_CHARS = 255;
  private static final Set<String> RESTRICTED = Set.of("restricted", "knock_restricted");
  private static final Map<String, SummaryPart> BY_TYPE =
      Arrays.stream(values()).collect(Collectors.toMap(SummaryPart::type, part -> part));

  private final String type;
  private final String columns;

  @SuppressWarnings("ImmutableEnumChecker") // None of these functions keeps anything.
  private final Function<Pdu, Tuple> values;

  SummaryPart(String type, String columns, Function<Pdu, Tuple> values) {
    this.type = type;
    this.columns = columns;
    this.values = values;
  }

  /** The part that a piece of state tells, or null. */
  static @Nullable SummaryPart of(String type, @Nullable String stateKey) {
    return "".equals(stateKey) ? BY_TYPE.get(type) : null;
  }

  String type() {
    return type;
  }

  /** The statement that writes this part of a room's row. */
  String sql() {
    return "UPDATE projection.room_summary SET " + columns + " WHERE room_id = $1";
  }

  /** The statement's parameters, as the event tells them. */
  Tuple parameters(Pdu pdu) {
    Tuple told = values.apply(pdu);
    Tuple all = Tuple.of(pdu.roomId());
    for (int i = 0; i < told.size(); i++) {
      Tuple unused = all.addValue(told.getValue(i));
    }
    return all;
  }

  /** Longer types than any that is in use would not fit into an index. */
  private static String type(Pdu create) {
    String type = text(create.content().get("type"));
    return type == null ? "" : type.substring(0, Math.min(type.length(), MAX_TYPE_CHARS));
  }

  /** Client-server API, "m.room.topic": the representation in plain text, the first that is. */
  private static @Nullable String topic(JsonNode content) {
    for (JsonNode text : content.path("m.topic").path("m.text")) {
      if (text.path("mimetype").asText("text/plain").equals("text/plain")
          && text.path("body").isTextual()) {
        return text(text.get("body"));
      }
    }
    return text(content.get("topic"));
  }

  private static Tuple joinRules(JsonNode content) {
    String rule = text(content.get("join_rule"));
    List<String> allowed = new ArrayList<>();
    if (rule != null && RESTRICTED.contains(rule)) {
      for (JsonNode condition : content.path("allow")) {
        String room = text(condition.get("room_id"));
        if (condition.path("type").asText().equals("m.room_membership") && room != null) {
          allowed.add(room);
        }
      }
    }
    return Tuple.tuple()
        .addString(rule == null ? "invite" : rule)
        .addArrayOfString(allowed.toArray(String[]::new));
  }

  private static Tuple searchable(@Nullable String text) {
    List<String> words = text == null ? List.of() : Words.of(text);
    return Tuple.tuple().addString(text).addArrayOfString(words.toArray(String[]::new));
  }

  /** A text that says something, without NUL, which the database does not take. */
  private static @Nullable String text(@Nullable JsonNode value) {
    if (value == null || !value.isTextual()) {
      return null;
    }
    String text = value.textValue().replace("\0", "");
    return text.isEmpty() ? null : text;
  }
}
