package dev.stele.load.report;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * The results of a run, or of several, in a file: {@code {"format": 1, "command": ..., "machine":
 * ..., "notes": [...], "results": [...]}}.
 *
 * @param format of the file; grows when something changes its meaning
 * @param command what was asked for
 * @param machine where it ran
 * @param notes what whoever ran it has to say, such as the server's settings
 */
public record RunFile(
    int format, String command, Machine machine, List<String> notes, List<Result> results) {
  private static final int FORMAT = 1;
  private static final ObjectMapper MAPPER =
      JsonMapper.builder()
          .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
          .enable(SerializationFeature.INDENT_OUTPUT)
          .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .build();

  /** What was measured here and now. */
  public static RunFile of(String command, List<String> notes, List<Result> results) {
    return new RunFile(FORMAT, command, Machine.here(), List.copyOf(notes), List.copyOf(results));
  }

  /**
   * Reads what {@link #write} wrote.
   *
   * @throws IOException when the file cannot be read, or is something else
   */
  public static RunFile read(Path file) throws IOException {
    RunFile run = MAPPER.readValue(file.toFile(), RunFile.class);
    if (run.format != FORMAT) {
      throw new IOException(file + ": format " + run.format + " (expected: " + FORMAT + ")");
    }
    return run;
  }

  public void write(Path file) throws IOException {
    MAPPER.writeValue(file.toFile(), this);
  }
}
