package dev.stele.example;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The code in the documentation is that of this package, which is compiled and run. */
final class DocumentationTest {
  private static final Path PAGE = Path.of("docs", "embedding.md");
  private static final Path EXAMPLES = Path.of("src", "test", "java", "dev", "stele", "example");
  private static final Pattern CODE = Pattern.compile("```java\n(.*?)```", Pattern.DOTALL);

  @Test
  void codeOfThePage_isPartOfAnExample() throws IOException {
    List<String> examples = new ArrayList<>();
    try (Stream<Path> files = Files.list(EXAMPLES)) {
      for (Path file : files.toList()) {
        examples.add(squeezed(Files.readString(file)));
      }
    }

    Matcher code = CODE.matcher(Files.readString(PAGE));
    int found = 0;
    while (code.find()) {
      String wanted = squeezed(code.group(1));
      assertThat(examples).as(code.group(1)).anyMatch(example -> example.contains(wanted));
      found++;
    }
    assertThat(found).isEqualTo(3);
  }

  private static String squeezed(String code) {
    return code.strip().replaceAll("\\s+", " ");
  }
}
