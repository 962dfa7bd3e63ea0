package dev.stele.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * The tables of the READMEs that tell which routes are served. To write them anew, run this test
 * with {@code -Dstele.writeReadme=true}.
 */
final class CoverageTest {
  private static final Path OWN_README = Path.of("README.md");
  private static final Path TOP_README = Path.of("..", "README.md");
  private static final String BEGIN = "<!-- routes: written by CoverageTest -->\n";
  private static final String END = "<!-- end of routes -->";

  @Test
  void readme_routes_areThoseThatAreServed() throws IOException {
    check(OWN_README, routes());
  }

  @Test
  void topReadme_coverage_isThatOfTheSpecification() throws IOException {
    check(TOP_README, coverage());
  }

  @Test
  void routes_ofTheSpecification_belongToOneAreaEach() {
    for (SpecifiedRoute route : SpecifiedRoute.ofServers()) {
      long areas = Arrays.stream(Area.values()).filter(area -> area.holds(route)).count();
      assertThat(areas).as(route.toString()).isEqualTo(1);
    }
  }

  private static void check(Path readme, String table) throws IOException {
    String text = Files.readString(readme);
    int begin = text.indexOf(BEGIN) + BEGIN.length();
    int end = text.indexOf(END);
    if (Boolean.getBoolean("stele.writeReadme")) {
      Files.writeString(readme, text.substring(0, begin) + table + text.substring(end));
      return;
    }
    assertThat(text.substring(begin, end)).isEqualTo(table);
  }

  private static String routes() {
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

  private static String coverage() {
    Set<SpecifiedRoute> served =
        Arrays.stream(Endpoint.values()).map(SpecifiedRoute::of).collect(Collectors.toSet());
    Map<String, Count> rows = new LinkedHashMap<>();
    Count all = new Count();
    for (Area area : Area.values()) {
      Count count = new Count();
      for (SpecifiedRoute route : SpecifiedRoute.ofServers()) {
        if (area.holds(route)) {
          count.add(served.contains(route));
          all.add(served.contains(route));
        }
      }
      rows.put(area.title(), count);
    }
    rows.put("all", all);
    return rows.entrySet().stream()
        .map(row -> "| " + row.getKey() + " | " + row.getValue() + " |\n")
        .collect(Collectors.joining("", "| area | served | specified |\n|---|--:|--:|\n", ""));
  }

  /** How many routes of an area there are, and are served. */
  private static final class Count {
    private int served;
    private int specified;

    void add(boolean isServed) {
      specified++;
      served += isServed ? 1 : 0;
    }

    @Override
    public String toString() {
      return served + " | " + specified;
    }
  }
}
