package dev.stele.server.http.client;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.stele.api.ErrorCode;
import dev.stele.api.Limits;
import dev.stele.server.filter.InvalidFilter;
import dev.stele.server.filter.RoomEventFilter;
import dev.stele.server.history.PageRequest.Direction;
import dev.stele.server.http.BadRequest;
import dev.stele.server.http.Exchange;

/** What the queries of routes that page through history have in common. */
final class HistoryQueries {
  private static final ObjectMapper MAPPER =
      JsonMapper.builder().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS).build();

  private HistoryQueries() {}

  /** The required {@code dir}. */
  static Direction direction(Exchange exchange) {
    String direction = exchange.query("dir");
    if (direction == null) {
      throw new BadRequest(ErrorCode.MISSING_PARAM, "Missing: dir");
    }
    return direction(direction);
  }

  static Direction direction(String text) {
    return switch (text) {
      case "b" -> Direction.BACKWARDS;
      case "f" -> Direction.FORWARDS;
      default -> throw Identifiers.invalid("dir must be b or f");
    };
  }

  /** How many events are asked for; the filter's {@code limit} counts if the query has none. */
  static int limit(Exchange exchange, RoomEventFilter filter) {
    return limit(exchange, filter.events().limit().orElse(Limits.DEFAULT_PAGE));
  }

  static int limit(Exchange exchange, int otherwise) {
    long asked = exchange.queryLong("limit", otherwise);
    if (asked < 0) {
      throw Identifiers.invalid("limit must not be negative");
    }
    return (int) Math.min(asked, Limits.MAX_PAGE);
  }

  /** The {@code filter}, a JSON object in the query. */
  static RoomEventFilter filter(Exchange exchange) {
    String text = exchange.query("filter");
    if (text == null || text.isEmpty()) {
      return RoomEventFilter.ALL;
    }
    try {
      if (MAPPER.readTree(text) instanceof ObjectNode json) {
        return RoomEventFilter.parse(json);
      }
      throw new BadRequest(ErrorCode.BAD_JSON, "filter is not a JSON object");
    } catch (JsonProcessingException e) {
      throw new BadRequest(ErrorCode.NOT_JSON, "filter is not JSON");
    } catch (InvalidFilter e) {
      throw new BadRequest(e.error());
    }
  }
}
