package dev.stele.server.scale;

import com.fasterxml.jackson.databind.node.TextNode;
import dev.stele.server.record.DeviceOpened;
import dev.stele.server.record.Fact;
import dev.stele.server.record.ProfileFieldSet;
import dev.stele.server.record.UserRegistered;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.List;

/** The users of generated logs. Each has one device, whose access token follows from its name. */
final class People {
  private static final String PREFIX = "stele_";
  private static final int SECRET_LENGTH = 43;

  private People() {}

  static String id(String name) {
    return "@" + name + ":" + GeneratedLog.SERVER;
  }

  static String id(int number) {
    return id("u" + number);
  }

  static String displayName(int number) {
    return Speech.word(1 + number % 5_000) + " " + Speech.word(5_001 + number / 3);
  }

  /** The access token of a user id. */
  static String token(String userId) {
    String secret = userId.substring(1, userId.indexOf(':'));
    return PREFIX + secret + "_".repeat(SECRET_LENGTH - secret.length());
  }

  /** What makes a user. */
  static List<Fact> register(String userId, String displayName) {
    return List.of(
        new UserRegistered(userId, false, false, null),
        new DeviceOpened(userId, "DEVICE", hash(token(userId)), null, null, null),
        new ProfileFieldSet(userId, "displayname", TextNode.valueOf(displayName)));
  }

  private static String hash(String token) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.UTF_8));
      return Base64.getEncoder().withoutPadding().encodeToString(digest);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("this Java has no SHA-256", e);
    }
  }
}
