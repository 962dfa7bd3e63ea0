package dev.stele.load.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;

final class ScreenTest {
  private final StringWriter written = new StringWriter();
  private final PrintWriter out = new PrintWriter(written);

  @Test
  void terminal_show_takesThePlaceOfTheLast() {
    Screen screen = new Screen.Terminal(out, 10);
    screen.show("one");
    screen.show("a line that is too long");
    assertThat(written.toString()).isEqualTo("\r\u001B[2Kone\r\u001B[2Ka line th");
  }

  @Test
  void lines_showOften_writesNowAndThen() {
    Screen screen = new Screen.Lines(out);
    screen.show("soon");
    screen.say("for %s", "good");
    assertThat(written.toString()).isEqualTo("for good" + System.lineSeparator());
  }
}
