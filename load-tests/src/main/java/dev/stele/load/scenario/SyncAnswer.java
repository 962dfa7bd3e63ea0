package dev.stele.load.scenario;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;

/**
 * What a listener wants to know of an answer to {@code /sync} or {@code /messages}. Read token by
 * token: with thousands of listeners, building trees would cost the generator more than the server
 * spends.
 *
 * @param nextBatch where to go on
 * @param limited whether events were left out
 * @param marks the messages of runs, in order
 */
record SyncAnswer(String nextBatch, boolean limited, List<Mark> marks) {
  private static final JsonFactory JSON = new JsonFactory();

  /** What a message carries: its run, its room and its number there, and when it was sent. */
  record Mark(String run, int room, int number, long micros) {}

  static SyncAnswer read(byte[] body) throws JsonProcessingException {
    try (JsonParser parser = JSON.createParser(body)) {
      return read(parser);
    } catch (JsonProcessingException e) {
      throw e;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static SyncAnswer read(JsonParser parser) throws IOException {
    String nextBatch = "";
    boolean limited = false;
    List<Mark> marks = new ArrayList<>();
    for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
      if (token != JsonToken.FIELD_NAME) {
        continue;
      }
      switch (parser.currentName()) {
        case "next_batch" -> nextBatch = parser.nextTextValue();
        case "limited" -> limited |= parser.nextToken() == JsonToken.VALUE_TRUE;
        case "unsigned" -> skip(parser);
        case Marks.MARK -> marks.add(mark(parser));
        default -> {}
      }
    }
    return new SyncAnswer(nextBatch == null ? "" : nextBatch, limited, List.copyOf(marks));
  }

  private static Mark mark(JsonParser parser) throws IOException {
    String run = "";
    int room = -1;
    int number = -1;
    long micros = 0;
    JsonToken token = parser.nextToken();
    while (token != JsonToken.END_OBJECT && token != null) {
      token = parser.nextToken();
      if (token != JsonToken.FIELD_NAME) {
        continue;
      }
      switch (parser.currentName()) {
        case "run" -> run = String.valueOf(parser.nextTextValue());
        case "r" -> room = parser.nextIntValue(-1);
        case "n" -> number = parser.nextIntValue(-1);
        case "at" -> micros = parser.nextLongValue(0);
        default -> {}
      }
    }
    return new Mark(run, room, number, micros);
  }

  private static void skip(JsonParser parser) throws IOException {
    JsonToken token = parser.nextToken();
    if (token != null && token.isStructStart()) {
      parser.skipChildren();
    }
  }
}
