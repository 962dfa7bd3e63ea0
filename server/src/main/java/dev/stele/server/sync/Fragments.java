package dev.stele.server.sync;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** The members of a JSON object, each encoded already. */
final class Fragments {
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream(0);

  /** Adds a member. */
  void add(String key, byte[] value) {
    if (bytes.size() > 0) {
      bytes.write(',');
    }
    StringBuilder name = new StringBuilder(key.length() + 4);
    name.append('"');
    JsonStringEncoder.getInstance().quoteAsString(key, name);
    bytes.writeBytes(name.append("\":").toString().getBytes(StandardCharsets.UTF_8));
    bytes.writeBytes(value);
  }

  boolean isEmpty() {
    return bytes.size() == 0;
  }

  /** The members with commas between them, without braces around them, in UTF-8. */
  byte[] members() {
    return bytes.toByteArray();
  }
}
