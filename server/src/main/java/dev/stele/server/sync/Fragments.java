package dev.stele.server.sync;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** The members of a JSON object, each encoded already. They may be taken away as they come. */
final class Fragments {
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream(0);
  private boolean begun;

  /** Adds a member. */
  void add(String key, byte[] value) {
    if (begun) {
      bytes.write(',');
    }
    begun = true;
    StringBuilder name = new StringBuilder(key.length() + 4);
    name.append('"');
    JsonStringEncoder.getInstance().quoteAsString(key, name);
    bytes.writeBytes(name.append("\":").toString().getBytes(StandardCharsets.UTF_8));
    bytes.writeBytes(value);
  }

  /** Goes on with the member that was added last. */
  void append(byte[] more) {
    bytes.writeBytes(more);
  }

  /** Whether there never was a member. */
  boolean isEmpty() {
    return !begun;
  }

  /** How many bytes there are to take. */
  int size() {
    return bytes.size();
  }

  /**
   * What was added since this was last called: members with commas between them, without braces
   * around them, in UTF-8.
   */
  byte[] take() {
    byte[] taken = bytes.toByteArray();
    bytes.reset();
    return taken;
  }
}
