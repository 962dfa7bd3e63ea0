package dev.stele.server.http.client;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.stele.server.event.EventWriter;
import dev.stele.server.event.EventWriter.Format;
import dev.stele.server.event.ShownEvent;
import dev.stele.server.event.Viewer;
import dev.stele.server.history.EventContext;
import dev.stele.server.http.Reply;
import dev.stele.server.search.Found;
import dev.stele.server.search.GroupKind;
import dev.stele.server.search.SearchRequest;
import dev.stele.server.search.SearchResults;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What a search answers. Thread-safe. */
final class SearchReplies {
  private final EventWriter writer;

  SearchReplies(EventWriter writer) {
    this.writer = writer;
  }

  /** For whoever asks for no category. */
  static Reply nothing() {
    ObjectNode answer = JsonNodeFactory.instance.objectNode();
    answer.putObject("search_categories");
    return Reply.ok(answer);
  }

  Reply of(SearchRequest request, SearchResults results, Viewer viewer) {
    return EventReplies.encode(
        json -> {
          json.writeStartObject();
          json.writeObjectFieldStart("search_categories");
          json.writeObjectFieldStart("room_events");
          json.writeNumberField("count", results.count());
          json.writeArrayFieldStart("highlights");
          for (String word : results.highlights()) {
            json.writeString(word);
          }
          json.writeEndArray();
          json.writeArrayFieldStart("results");
          for (Found found : results.results()) {
            write(json, found, viewer);
          }
          json.writeEndArray();
          if (results.next() != null) {
            json.writeStringField("next_batch", results.next().toString());
          }
          writeState(json, request, results, viewer);
          writeGroups(json, request, results);
          json.writeEndObject();
          json.writeEndObject();
          json.writeEndObject();
        });
  }

  private void write(JsonGenerator json, Found found, Viewer viewer) throws IOException {
    json.writeStartObject();
    json.writeNumberField("rank", found.rank());
    json.writeFieldName("result");
    writer.write(json, found.event(), viewer, Format.WITH_ROOM_ID);
    EventContext context = found.context();
    if (context != null) {
      json.writeObjectFieldStart("context");
      json.writeStringField("start", context.start().toString());
      json.writeStringField("end", context.end().toString());
      writeEvents(json, "events_before", context.before(), viewer);
      writeEvents(json, "events_after", context.after(), viewer);
      Map<String, ObjectNode> profiles = found.profiles();
      if (profiles != null) {
        json.writeObjectFieldStart("profile_info");
        for (Map.Entry<String, ObjectNode> profile : profiles.entrySet()) {
          json.writeFieldName(profile.getKey());
          json.writeTree(profile.getValue());
        }
        json.writeEndObject();
      }
      json.writeEndObject();
    }
    json.writeEndObject();
  }

  private void writeEvents(JsonGenerator json, String field, List<ShownEvent> events, Viewer viewer)
      throws IOException {
    json.writeArrayFieldStart(field);
    for (ShownEvent event : events) {
      writer.write(json, event, viewer, Format.WITH_ROOM_ID);
    }
    json.writeEndArray();
  }

  private void writeState(
      JsonGenerator json, SearchRequest request, SearchResults results, Viewer viewer)
      throws IOException {
    if (request.includeState()) {
      json.writeObjectFieldStart("state");
      for (Map.Entry<String, List<ShownEvent>> room : results.state().entrySet()) {
        writeEvents(json, room.getKey(), room.getValue(), viewer);
      }
      json.writeEndObject();
    }
  }

  private static void writeGroups(JsonGenerator json, SearchRequest request, SearchResults results)
      throws IOException {
    if (request.groups().isEmpty()) {
      return;
    }
    json.writeObjectFieldStart("groups");
    for (GroupKind kind : request.groups()) {
      Map<String, List<String>> groups = new LinkedHashMap<>();
      for (Found found : results.results()) {
        groups
            .computeIfAbsent(kind.key(found), key -> new ArrayList<>())
            .add(found.event().event().id());
      }
      json.writeObjectFieldStart(kind.wire());
      int order = 0;
      for (Map.Entry<String, List<String>> group : groups.entrySet()) {
        json.writeObjectFieldStart(group.getKey());
        json.writeNumberField("order", order++);
        json.writeArrayFieldStart("results");
        for (String eventId : group.getValue()) {
          json.writeString(eventId);
        }
        json.writeEndArray();
        String next = results.next(kind, group.getKey());
        if (next != null) {
          json.writeStringField("next_batch", next);
        }
        json.writeEndObject();
      }
      json.writeEndObject();
    }
    json.writeEndObject();
  }
}
