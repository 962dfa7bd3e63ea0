package dev.stele.load.scenario;

import com.google.errorprone.annotations.FormatMethod;
import com.google.errorprone.annotations.FormatString;
import java.io.PrintWriter;
import java.util.Locale;

/** Where progress is shown. Not thread-safe. */
public sealed interface Screen {

  /** Says something for good. */
  @FormatMethod
  void say(@FormatString String format, Object... arguments);

  /** Shows how things stand; the next showing takes its place where it can. */
  void show(String line);

  /** For people who watch a terminal: one line that changes. */
  final class Terminal implements Screen {
    private static final String CLEAR_LINE = "\r\u001B[2K";

    private final PrintWriter out;
    private final int width;

    public Terminal(PrintWriter out, int width) {
      this.out = out;
      this.width = width;
    }

    @Override
    @FormatMethod
    public void say(@FormatString String format, Object... arguments) {
      out.print(CLEAR_LINE);
      out.println(String.format(Locale.ROOT, format, arguments));
      out.flush();
    }

    @Override
    public void show(String line) {
      out.print(CLEAR_LINE);
      out.print(line.length() < width ? line : line.substring(0, width - 1));
      out.flush();
    }
  }

  /** For logs: a line now and then. */
  final class Lines implements Screen {
    private static final long NANOS_BETWEEN = 950_000_000;

    private final PrintWriter out;
    private long lastNanos = System.nanoTime();

    public Lines(PrintWriter out) {
      this.out = out;
    }

    @Override
    @FormatMethod
    public void say(@FormatString String format, Object... arguments) {
      out.println(String.format(Locale.ROOT, format, arguments));
      out.flush();
    }

    @Override
    public void show(String line) {
      if (System.nanoTime() - lastNanos >= NANOS_BETWEEN) {
        lastNanos = System.nanoTime();
        out.println(line);
        out.flush();
      }
    }
  }
}
