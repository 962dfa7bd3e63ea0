package dev.stele.server.settings;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stele.server.settings.Setting.Trait;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/**
 * The reference of settings in the README is the table of settings. To write it anew, run this test
 * with {@code -Dstele.writeReadme=true}.
 */
final class SettingsReferenceTest {
  private static final Path README = Path.of("..", "README.md");
  private static final String BEGIN = "<!-- settings: written by SettingsReferenceTest -->\n";
  private static final String END = "<!-- end of settings -->";

  @Test
  void readme_reference_isTheTableOfSettings() throws IOException {
    String readme = Files.readString(README);
    int begin = readme.indexOf(BEGIN) + BEGIN.length();
    int end = readme.indexOf(END);
    if (Boolean.getBoolean("stele.writeReadme")) {
      Files.writeString(README, readme.substring(0, begin) + reference() + readme.substring(end));
      return;
    }

    assertThat(readme.substring(begin, end)).isEqualTo(reference());
  }

  private static String reference() {
    StringBuilder text = new StringBuilder();
    append(text, SettingsTable.ALL);
    text.append("\nEach of the `listeners`:\n");
    append(text, ListenerType.TABLE);
    return text.toString();
  }

  private static void append(StringBuilder text, Table table) {
    text.append("\n| setting | type | default | meaning |\n|---|---|---|---|\n");
    for (Setting<?> setting : table.settings()) {
      String value =
          setting.is(Trait.OPTIONAL) ? setting.standard() : "`" + setting.standard() + "`";
      text.append(
          "| `%s`%s | %s | %s | %s |\n"
              .formatted(
                  setting.path(),
                  setting.is(Trait.PLANNED) ? " *" : "",
                  setting.type().name(),
                  value,
                  setting.meaning()));
    }
  }
}
