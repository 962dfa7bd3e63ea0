package dev.stele.load.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

final class SyncAnswerTest {
  private static SyncAnswer read(String json) throws JsonProcessingException {
    return SyncAnswer.read(json.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void read_messages_findsThemInOrder() throws Exception {
    SyncAnswer answer =
        read(
            """
            {"next_batch": "s7", "rooms": {"join": {"!r": {"timeline": {"limited": true, "events": [
              {"type": "m.room.message", "content": {"body": "x", "dev.stele.load": {"run": "a", "r": 1, "n": 4, "at": 12}}},
              {"type": "m.room.message", "content": {"dev.stele.load": {"at": 99000000000, "n": 3, "r": 2, "run": "b"}}}
            ]}}}}}
            """);
    assertThat(answer)
        .isEqualTo(
            new SyncAnswer(
                "s7",
                true,
                List.of(
                    new SyncAnswer.Mark("a", 1, 4, 12),
                    new SyncAnswer.Mark("b", 2, 3, 99_000_000_000L))));
  }

  @Test
  void read_markWithinUnsigned_isNoMessage() throws Exception {
    SyncAnswer answer =
        read(
            "{\"unsigned\":{\"prev_content\":{\"dev.stele.load\":{\"n\":1}}},\"next_batch\":\"a\"}");
    assertThat(answer).isEqualTo(new SyncAnswer("a", false, List.of()));
  }

  @Test
  void read_truncated_fails() {
    assertThatThrownBy(() -> read("{\"next_batch\":\"a\",\"rooms\":{"))
        .isInstanceOf(JsonProcessingException.class);
  }
}
