package dev.stele.load.report;

import java.util.Locale;

/** How numbers are written for people. */
final class Text {
  private Text() {}

  /** Milliseconds, with as many digits as say something. */
  static String ms(double ms) {
    return String.format(Locale.ROOT, ms >= 1000 ? "%,.0f" : ms >= 100 ? "%.1f" : "%.2f", ms);
  }

  /** A number, short. */
  static String number(double number) {
    double size = Math.abs(number);
    if (number == Math.rint(number) || size >= 100) {
      return String.format(Locale.ROOT, "%,.0f", number);
    }
    return String.format(Locale.ROOT, size >= 1 ? "%.1f" : "%.3f", number);
  }

  /** Escapes text for HTML and SVG, attributes included. */
  static String escape(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;");
  }
}
