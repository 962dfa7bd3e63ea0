package dev.stele.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Keeps the table in the README true. When this fails, its message holds the table to paste. */
final class CoverageTest {
  private static final Path README = Path.of("README.md");

  @Test
  void readme_table_isWhatIsServed() throws IOException {
    assertThat(Files.readString(README)).contains(table());
  }

  private static String table() {
    Map<String, String> byPath =
        Arrays.stream(Endpoint.values())
            .collect(
                Collectors.groupingBy(
                    Endpoint::path,
                    TreeMap::new,
                    Collectors.mapping(e -> e.method().name(), Collectors.joining(", "))));
    return byPath.entrySet().stream()
        .map(row -> "| `" + row.getKey() + "` | " + row.getValue() + " |\n")
        .collect(Collectors.joining("", "| path | methods |\n|---|---|\n", ""));
  }
}
