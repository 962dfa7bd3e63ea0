package dev.stele.load;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;

/**
 * What a poller wants to know of an answer to {@code /sync}. Read token by token: with hundreds of
 * pollers, building trees would cost the generator more than the server spends.
 *
 * @param nextBatch where to go on
 * @param limited whether events were left out
 * @param marks the messages of this run, in order
 */
record SyncAnswer(String nextBatch, boolean limited, List<Mark> marks) {
  private static final JsonFactory JSON = new JsonFactory();

  /** What a message carries: its number and when it was sent. */
  record Mark(int number, long micros) {}

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
        case Messages.MARK -> marks.add(mark(parser));
        default -> {}
      }
    }
    return new SyncAnswer(nextBatch == null ? "" : nextBatch, limited, List.copyOf(marks));
  }

  private static Mark mark(JsonParser parser) throws IOException {
    int number = -1;
    long micros = 0;
    JsonToken token = parser.nextToken();
    while (token != JsonToken.END_OBJECT && token != null) {
      token = parser.nextToken();
      if (token == JsonToken.FIELD_NAME && parser.currentName().equals("n")) {
        number = parser.nextIntValue(-1);
      } else if (token == JsonToken.FIELD_NAME && parser.currentName().equals("at")) {
        micros = parser.nextLongValue(0);
      }
    }
    return new Mark(number, micros);
  }

  private static void skip(JsonParser parser) throws IOException {
    JsonToken token = parser.nextToken();
    if (token != null && token.isStructStart()) {
      parser.skipChildren();
    }
  }
}
