package dev.stele.server.cli;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.encoder.EncoderBase;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import org.jspecify.annotations.Nullable;

/**
 * Writes an event as a line: time with offset, level, logger, message. Control characters in a
 * message are escaped, so that nobody from outside can write lines of their own. The trace of a
 * throwable follows on indented lines.
 */
final class LineEncoder extends EncoderBase<ILoggingEvent> {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSSXX");
  private static final byte[] NOTHING = {};

  /** Where the milliseconds begin in a time. */
  private static final int MILLIS = "yyyy-MM-ddTHH:mm:ss.".length();

  private final boolean coloured;
  private final ZoneId zone = ZoneId.systemDefault();
  private volatile @Nullable Second last;

  /** A second as it is written, around its milliseconds. */
  private record Second(long number, String before, String after) {}

  LineEncoder(boolean coloured) {
    this.coloured = coloured;
  }

  @Override
  public byte[] encode(ILoggingEvent event) {
    StringBuilder line = new StringBuilder(160);
    appendTime(line, instant(event).toEpochMilli());
    appendLevel(line.append(' '), event.getLevel());
    line.append(' ').append(shortName(event.getLoggerName())).append(": ");
    line.append(escaped(String.valueOf(event.getFormattedMessage()))).append('\n');
    if (event.getThrowableProxy() != null) {
      String trace = ThrowableProxyUtil.asString(event.getThrowableProxy());
      trace.lines().forEach(each -> line.append("    ").append(escaped(each)).append('\n'));
    }
    return line.toString().getBytes(StandardCharsets.UTF_8);
  }

  @Override
  public byte[] headerBytes() {
    return NOTHING;
  }

  @Override
  public byte[] footerBytes() {
    return NOTHING;
  }

  /** Lines of the same second differ in their milliseconds only. */
  private void appendTime(StringBuilder line, long millis) {
    long second = Math.floorDiv(millis, 1000L);
    Second written = last;
    if (written == null || written.number != second) {
      String text = TIME.format(ZonedDateTime.ofInstant(Instant.ofEpochSecond(second), zone));
      written = new Second(second, text.substring(0, MILLIS), text.substring(MILLIS + 3));
      last = written;
    }
    int rest = (int) Math.floorMod(millis, 1000L);
    line.append(written.before)
        .append((char) ('0' + rest / 100))
        .append((char) ('0' + rest / 10 % 10))
        .append((char) ('0' + rest % 10))
        .append(written.after);
  }

  private static Instant instant(ILoggingEvent event) {
    Instant instant = event.getInstant();
    return instant == null ? Instant.ofEpochMilli(event.getTimeStamp()) : instant;
  }

  private void appendLevel(StringBuilder line, Level level) {
    String colour = coloured ? colour(level) : "";
    line.append(colour).append(level);
    if (!colour.isEmpty()) {
      line.append("\u001b[0m");
    }
    line.append(" ".repeat(Math.max(0, 5 - level.toString().length())));
  }

  private static String colour(Level level) {
    return switch (level.toInt()) {
      case Level.ERROR_INT -> "\u001b[31m";
      case Level.WARN_INT -> "\u001b[33m";
      case Level.INFO_INT -> "\u001b[32m";
      default -> "\u001b[2m";
    };
  }

  /** The last part of a class's name, or a name of one's own choice as it is. */
  private static String shortName(String logger) {
    int dot = logger.lastIndexOf('.');
    boolean isClass = dot + 1 < logger.length() && Character.isUpperCase(logger.charAt(dot + 1));
    return isClass ? logger.substring(dot + 1) : logger;
  }

  private static CharSequence escaped(String text) {
    if (text.chars().noneMatch(Character::isISOControl)) {
      return text;
    }
    StringBuilder escaped = new StringBuilder(text.length() + 16);
    text.chars()
        .forEach(
            c -> {
              if (c == '\t' || !Character.isISOControl(c)) {
                escaped.append((char) c);
              } else {
                escaped.append(c == '\n' ? "\\n" : String.format("\\u%04x", c));
              }
            });
    return escaped;
  }
}
