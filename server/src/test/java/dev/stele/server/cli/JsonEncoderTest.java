package dev.stele.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.LoggingEvent;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.stele.server.logging.LogFields;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.slf4j.event.KeyValuePair;

final class JsonEncoderTest {
  private final LoggerContext context = new LoggerContext();

  @Test
  void encode_message_isAnObjectOnOneLine() throws IOException {
    JsonNode line = encode(event("{} is \"here\"\nand there", null, "Bob"));

    assertThat(line.path("time").asText()).matches("\\d{4}-\\d\\d-\\d\\dT[0-9:.]+Z");
    assertThat(line.path("level").asText()).isEqualTo("WARN");
    assertThat(line.path("logger").asText()).isEqualTo("dev.stele.x");
    assertThat(line.path("message").asText()).isEqualTo("Bob is \"here\"\nand there");
    assertThat(line.has("exception")).isFalse();
  }

  @Test
  void encode_throwable_isAFieldOfTheSameLine() throws IOException {
    JsonNode line = encode(event("failed", new IllegalStateException("oh")));

    assertThat(line.path("exception").asText())
        .startsWith("java.lang.IllegalStateException: oh")
        .contains("\n");
  }

  @Test
  void encode_partsOfALine_areFields() throws IOException {
    JsonNode line = encode(event("{}", null, new Request()));

    assertThat(line.path("message").asText()).isEqualTo("GET 200");
    assertThat(line.path("method").asText()).isEqualTo("GET");
    assertThat(line.path("status").asInt()).isEqualTo(200);
  }

  @Test
  void encode_keysAndValues_areFields() throws IOException {
    LoggingEvent event = event("failed", null);
    event.setKeyValuePairs(List.of(new KeyValuePair("request_id", "ab-1")));

    assertThat(encode(event).path("request_id").asText()).isEqualTo("ab-1");
  }

  private static final class Request implements LogFields {
    @Override
    public Map<String, Object> fields() {
      return Map.of("method", "GET", "status", 200);
    }

    @Override
    public String toString() {
      return "GET 200";
    }
  }

  private LoggingEvent event(String message, Throwable throwable, Object... arguments) {
    return new LoggingEvent(
        "", context.getLogger("dev.stele.x"), Level.WARN, message, throwable, arguments);
  }

  private static JsonNode encode(LoggingEvent event) throws IOException {
    String line = new String(new JsonEncoder().encode(event), StandardCharsets.UTF_8);
    assertThat(line.indexOf('\n')).isEqualTo(line.length() - 1);
    return new JsonMapper().readTree(line);
  }
}
