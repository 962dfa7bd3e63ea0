package dev.stele.stateres.json;

import com.fasterxml.jackson.databind.JsonNode;
import dev.stele.stateres.json.CanonicalJson.Numbers;
import dev.stele.stateres.json.InvalidJson.Reason;
import java.math.BigDecimal;

/** Numbers in Canonical JSON. */
final class CanonicalNumber {
  private CanonicalNumber() {}

  static byte[] of(JsonNode value, Numbers numbers) {
    return CanonicalWriter.ascii(numbers == Numbers.STRICT ? strict(value) : lenient(value));
  }

  private static String strict(JsonNode value) {
    if (!value.isIntegralNumber()) {
      throw new InvalidJson(Reason.NOT_AN_INTEGER, "not an integer: " + value.asText());
    }
    long number = value.canConvertToLong() ? value.longValue() : Long.MAX_VALUE;
    if (number > CanonicalJson.MAX_INTEGER || number < -CanonicalJson.MAX_INTEGER) {
      throw new InvalidJson(Reason.OUT_OF_RANGE, "beyond 2^53-1: " + value.asText());
    }
    return Long.toString(number);
  }

  private static String lenient(JsonNode value) {
    if (value.isIntegralNumber()) {
      return value.asText();
    }
    double number = value.doubleValue();
    if (Double.isNaN(number) || Double.isInfinite(number)) {
      throw new InvalidJson(Reason.OUT_OF_RANGE, "not a finite number");
    }
    boolean whole = number == Math.rint(number) && Math.abs(number) <= CanonicalJson.MAX_INTEGER;
    return whole ? Long.toString((long) number) : shortest(number);
  }

  /** The shortest decimal form; with an exponent where the plain form would be long. */
  private static String shortest(double number) {
    double size = Math.abs(number);
    if (size >= 1e-4 && size < 1e16) {
      return new BigDecimal(Double.toString(number)).toPlainString();
    }
    String[] parts = Double.toString(number).split("E", 2);
    int exponent = Integer.parseInt(parts[1]);
    String digits =
        parts[0].endsWith(".0") ? parts[0].substring(0, parts[0].length() - 2) : parts[0];
    return digits
        + 'e'
        + (exponent < 0 ? "-" : "+")
        + (Math.abs(exponent) < 10 ? "0" : "")
        + Math.abs(exponent);
  }
}
