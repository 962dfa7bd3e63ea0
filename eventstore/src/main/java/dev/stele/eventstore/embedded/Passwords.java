package dev.stele.eventstore.embedded;

import java.io.IOException;
import java.io.Reader;
import java.io.StringWriter;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Properties;
import java.util.Set;

/**
 * The generated passwords of the two roles: {@code postgres}, who may do everything, and {@code
 * stele}, who owns the databases.
 */
record Passwords(String postgres, String stele) {
  private static final SecureRandom RANDOM = new SecureRandom();

  static Passwords generate() {
    return new Passwords(secret(), secret());
  }

  static Passwords read(Path file) throws IOException {
    Properties properties = new Properties();
    try (Reader reader = Files.newBufferedReader(file)) {
      properties.load(reader);
    }
    return new Passwords(
        properties.getProperty("postgres", ""), properties.getProperty("stele", ""));
  }

  /** Writes a new file that only its owner may read. */
  void write(Path file) throws IOException {
    StringWriter text = new StringWriter();
    Properties properties = new Properties();
    properties.setProperty("postgres", postgres);
    properties.setProperty("stele", stele);
    properties.store(text, null);
    try (FileChannel channel =
        FileChannel.open(
            file,
            Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")))) {
      ByteBuffer bytes = StandardCharsets.UTF_8.encode(text.toString());
      while (bytes.hasRemaining()) {
        int unused = channel.write(bytes);
      }
      channel.force(true);
    }
  }

  @Override
  public String toString() {
    return "Passwords";
  }

  private static String secret() {
    byte[] bytes = new byte[24];
    RANDOM.nextBytes(bytes);
    return HexFormat.of().formatHex(bytes);
  }
}
