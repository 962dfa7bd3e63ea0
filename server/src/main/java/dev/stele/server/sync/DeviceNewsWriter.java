package dev.stele.server.sync;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.stele.server.projection.DeviceLists.News;
import dev.stele.server.projection.InboxMessage;
import dev.stele.server.projection.KeyCounts;
import java.io.IOException;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/** Writes what a device is told, as JSON. */
final class DeviceNewsWriter {
  private DeviceNewsWriter() {}

  /** The fields of an answer of {@code /sync}. */
  static void write(JsonGenerator json, DeviceNews news) throws IOException {
    if (!news.inbox().isEmpty()) {
      json.writeObjectFieldStart("to_device");
      writeEvents(json, news.inbox().messages());
      json.writeEndObject();
    }
    writeKeys(json, news);
  }

  /** The fields of the extension {@code e2ee} of sliding sync, which are in {@code /sync} too. */
  static void writeKeys(JsonGenerator json, DeviceNews news) throws IOException {
    if (!news.lists().isEmpty()) {
      writeLists(json, news.lists());
    }
    KeyCounts counts = news.keys().counts();
    json.writeObjectFieldStart("device_one_time_keys_count");
    for (Map.Entry<String, Integer> count : counts.oneTimeKeys().entrySet()) {
      json.writeNumberField(count.getKey(), count.getValue());
    }
    json.writeEndObject();
    writeTexts(json, "device_unused_fallback_key_types", counts.unusedFallbackKeys());
  }

  /** Messages to a device. */
  static void writeEvents(JsonGenerator json, List<InboxMessage> messages) throws IOException {
    json.writeArrayFieldStart("events");
    for (InboxMessage message : messages) {
      json.writeStartObject();
      json.writeStringField("type", message.type());
      json.writeStringField("sender", message.sender());
      json.writeFieldName("content");
      json.writeTree(message.content());
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  private static void writeLists(JsonGenerator json, News lists) throws IOException {
    json.writeObjectFieldStart("device_lists");
    writeTexts(json, "changed", lists.changed());
    writeTexts(json, "left", lists.left());
    json.writeEndObject();
  }

  private static void writeTexts(JsonGenerator json, String field, Collection<String> texts)
      throws IOException {
    json.writeArrayFieldStart(field);
    for (String text : texts) {
      json.writeString(text);
    }
    json.writeEndArray();
  }
}
