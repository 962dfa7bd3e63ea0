package dev.stele.eventstore.embedded;

import java.io.IOException;
import java.io.Reader;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Properties;

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
    Files.createFile(
        file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    Properties properties = new Properties();
    properties.setProperty("postgres", postgres);
    properties.setProperty("stele", stele);
    try (Writer writer = Files.newBufferedWriter(file)) {
      properties.store(writer, null);
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
