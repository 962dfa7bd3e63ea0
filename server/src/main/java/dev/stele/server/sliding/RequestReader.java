package dev.stele.server.sliding;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.stele.api.ErrorCode;
import dev.stele.api.Limits;
import dev.stele.server.inbox.InboxToken;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Reads requests, as the proposal has them and as clients of its unstable form send them: {@code
 * ranges} for {@code range}, pairs for {@code required_state}, {@code is_invite} for {@code
 * is_invited}.
 */
public final class RequestReader {
  private static final int MAX_ELEMENTS = 1_000;
  private static final int MAX_TIMELINE = 100;

  private RequestReader() {}

  /**
   * Reads a body.
   *
   * @throws InvalidSlidingRequest if it makes no sense
   */
  public static SlidingRequest read(ObjectNode body) {
    return new SlidingRequest(
        entries(body, "lists", RequestReader::list),
        entries(body, "room_subscriptions", RequestReader::config),
        extensions(object(body, "extensions")));
  }

  private static <T> Map<String, T> entries(
      ObjectNode body, String field, Function<ObjectNode, T> reader) {
    Map<String, T> entries = new LinkedHashMap<>();
    ObjectNode object = object(body, field);
    if (object == null) {
      return entries;
    }
    if (object.size() > SlidingRequest.MAX_ENTRIES) {
      throw invalid(field + " must have at most " + SlidingRequest.MAX_ENTRIES + " entries");
    }
    for (Map.Entry<String, JsonNode> entry : object.properties()) {
      if (!(entry.getValue() instanceof ObjectNode value)) {
        throw bad(field + " must hold objects");
      }
      entries.put(entry.getKey(), reader.apply(value));
    }
    return entries;
  }

  private static ListConfig list(ObjectNode list) {
    return new ListConfig(ranges(list), filters(object(list, "filters")), config(list));
  }

  private static List<ListConfig.Range> ranges(ObjectNode list) {
    List<ListConfig.Range> ranges = new ArrayList<>();
    JsonNode one = list.get("range");
    JsonNode many = list.get("ranges");
    if (one != null && !one.isNull()) {
      ranges.add(range(one));
    } else if (many != null && !many.isNull()) {
      for (JsonNode range : array(many, "ranges")) {
        ranges.add(range(range));
      }
    }
    return ranges;
  }

  private static ListConfig.Range range(JsonNode range) {
    boolean pair = range.isArray() && range.size() == 2;
    if (!pair || !range.get(0).canConvertToLong() || !range.get(1).canConvertToLong()) {
      throw bad("a range must be two integers");
    }
    long first = range.get(0).longValue();
    long last = range.get(1).longValue();
    if (first < 0 || last < first) {
      throw invalid("a range must go from a place to one behind it");
    }
    return new ListConfig.Range(first, last);
  }

  private static RoomConfig config(ObjectNode config) {
    JsonNode limit = config.get("timeline_limit");
    if (limit == null || !limit.isIntegralNumber()) {
      throw bad("timeline_limit must be an integer");
    }
    if (limit.bigIntegerValue().signum() < 0) {
      throw invalid("timeline_limit must not be negative");
    }
    int most = limit.canConvertToInt() ? Math.min(limit.intValue(), MAX_TIMELINE) : MAX_TIMELINE;
    return new RoomConfig(most, required(config.get("required_state")));
  }

  private static RequiredState required(@Nullable JsonNode required) {
    if (required == null || required.isNull()) {
      return RequiredState.of(new RequiredState.Rule(List.of(), List.of(), false));
    }
    if (required instanceof ObjectNode object) {
      return RequiredState.of(
          new RequiredState.Rule(
              elements(object, "include"),
              elements(object, "exclude"),
              Boolean.TRUE.equals(bool(object, "lazy_members"))));
    }
    return pairs(array(required, "required_state"));
  }

  /** The unstable form: pairs of type and state key, with {@code *} and {@code $LAZY}. */
  private static RequiredState pairs(JsonNode pairs) {
    List<StateElement> include = new ArrayList<>();
    boolean lazy = false;
    boolean everybody = false;
    for (JsonNode pair : pairs) {
      if (!pair.isArray() || pair.size() != 2 || !isText(pair.get(0)) || !isText(pair.get(1))) {
        throw bad("required_state must hold pairs of strings");
      }
      String type = pair.get(0).textValue();
      String key = pair.get(1).textValue();
      boolean member = type.equals("m.room.member");
      if (member && key.equals("$LAZY")) {
        lazy = true;
      } else {
        everybody |= member && key.equals("*");
        include.add(new StateElement(type.equals("*") ? null : type, key.equals("*") ? null : key));
      }
    }
    return RequiredState.of(new RequiredState.Rule(include, List.of(), lazy && !everybody));
  }

  private static List<StateElement> elements(ObjectNode object, String field) {
    List<StateElement> elements = new ArrayList<>();
    JsonNode array = object.get(field);
    if (array == null || array.isNull()) {
      return elements;
    }
    for (JsonNode element : array(array, field)) {
      if (!(element instanceof ObjectNode one)) {
        throw bad(field + " must hold objects");
      }
      elements.add(new StateElement(text(one, "type"), text(one, "state_key")));
    }
    return elements;
  }

  private static ListFilters filters(@Nullable ObjectNode filters) {
    if (filters == null) {
      return ListFilters.NONE;
    }
    Boolean invited = bool(filters, "is_invited");
    return new ListFilters(
        bool(filters, "is_dm"),
        bool(filters, "is_encrypted"),
        invited == null ? bool(filters, "is_invite") : invited,
        texts(filters, "spaces"),
        texts(filters, "room_types"),
        texts(filters, "not_room_types"),
        texts(filters, "tags"),
        texts(filters, "not_tags"));
  }

  private static Extensions extensions(@Nullable ObjectNode extensions) {
    return new Extensions(
        toDevice(extensions),
        enabled(extensions, "e2ee"),
        enabled(extensions, "account_data"),
        enabled(extensions, "receipts"),
        enabled(extensions, "typing"));
  }

  private static Extensions.@Nullable ToDevice toDevice(@Nullable ObjectNode extensions) {
    ObjectNode wanted = extensions == null ? null : object(extensions, "to_device");
    if (wanted == null || !enabled(extensions, "to_device")) {
      return null;
    }
    JsonNode limit = wanted.get("limit");
    if (limit != null && !limit.isNull() && !limit.isIntegralNumber()) {
      throw bad("limit must be an integer");
    }
    if (limit != null && limit.isIntegralNumber() && limit.bigIntegerValue().signum() <= 0) {
      throw invalid("limit must be positive");
    }
    boolean small = limit != null && limit.canConvertToInt();
    return new Extensions.ToDevice(
        inbox(text(wanted, "since")),
        small ? Math.min(limit.intValue(), Limits.MAX_SYNC_TO_DEVICE) : Limits.MAX_SYNC_TO_DEVICE);
  }

  private static @Nullable InboxToken inbox(@Nullable String since) {
    return since == null || since.isEmpty()
        ? null
        : InboxToken.parse(since)
            .orElseThrow(() -> invalid("since of to_device is not a token of this server"));
  }

  private static boolean enabled(@Nullable ObjectNode extensions, String name) {
    ObjectNode extension = extensions == null ? null : object(extensions, name);
    return extension != null && Boolean.TRUE.equals(bool(extension, "enabled"));
  }

  private static @Nullable ObjectNode object(ObjectNode parent, String field) {
    JsonNode value = parent.get(field);
    if (value == null || value.isNull()) {
      return null;
    }
    if (value instanceof ObjectNode object) {
      return object;
    }
    throw bad(field + " must be an object");
  }

  private static JsonNode array(JsonNode value, String field) {
    if (!value.isArray()) {
      throw bad(field + " must be an array");
    }
    if (value.size() > MAX_ELEMENTS) {
      throw invalid(field + " must have at most " + MAX_ELEMENTS + " entries");
    }
    return value;
  }

  private static @Nullable Boolean bool(ObjectNode parent, String field) {
    JsonNode value = parent.get(field);
    if (value == null || value.isNull()) {
      return null;
    }
    if (!value.isBoolean()) {
      throw bad(field + " must be a boolean");
    }
    return value.booleanValue();
  }

  private static @Nullable String text(ObjectNode parent, String field) {
    JsonNode value = parent.get(field);
    if (value == null || value.isNull()) {
      return null;
    }
    if (!value.isTextual()) {
      throw bad(field + " must be a string");
    }
    return value.textValue();
  }

  /** A set of strings, where null counts as the empty one. */
  private static @Nullable Set<String> texts(ObjectNode parent, String field) {
    JsonNode value = parent.get(field);
    if (value == null || value.isNull()) {
      return null;
    }
    Set<String> texts = new LinkedHashSet<>();
    for (JsonNode element : array(value, field)) {
      if (!element.isNull() && !element.isTextual()) {
        throw bad(field + " must hold strings");
      }
      texts.add(element.isNull() ? "" : element.textValue());
    }
    return texts;
  }

  private static boolean isText(JsonNode value) {
    return value.isTextual();
  }

  private static InvalidSlidingRequest bad(String message) {
    return new InvalidSlidingRequest(ErrorCode.BAD_JSON, message);
  }

  private static InvalidSlidingRequest invalid(String message) {
    return new InvalidSlidingRequest(ErrorCode.INVALID_PARAM, message);
  }
}
