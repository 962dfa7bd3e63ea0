package dev.stele.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.LoggingEvent;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

final class LineEncoderTest {
  private final LoggerContext context = new LoggerContext();

  @Test
  void encode_message_isOneLineWithTimeLevelAndLogger() {
    assertThat(encode(false, "dev.stele.server.Main", Level.WARN, "hello", null))
        .matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}\\S+ WARN  Main: hello\n");
    assertThat(encode(false, "dev.stele.access", Level.INFO, "GET / 200", null))
        .endsWith(" INFO  dev.stele.access: GET / 200\n");
  }

  @Test
  void encode_controlCharacters_areEscaped() {
    assertThat(encode(false, "x", Level.INFO, "a\nERROR b\u001b[2J\tc", null))
        .endsWith(" x: a\\nERROR b\\u001b[2J\tc\n");
  }

  @Test
  void encode_terminal_coloursTheLevel() {
    assertThat(encode(true, "x", Level.ERROR, "a", null)).contains(" \u001b[31mERROR\u001b[0m x");
    assertThat(encode(false, "x", Level.ERROR, "a", null)).doesNotContain("\u001b");
  }

  @Test
  void encode_throwable_followsIndented() {
    assertThat(encode(false, "x", Level.ERROR, "a", new IllegalStateException("oh\nno")).lines())
        .hasSizeGreaterThan(2)
        .satisfies(lines -> assertThat(lines.get(1)).startsWith("    java.lang.IllegalState"));
  }

  private String encode(
      boolean coloured, String logger, Level level, String message, Throwable throwable) {
    LoggingEvent event =
        new LoggingEvent("", context.getLogger(logger), level, message, throwable, null);
    return new String(new LineEncoder(coloured).encode(event), StandardCharsets.UTF_8);
  }
}
