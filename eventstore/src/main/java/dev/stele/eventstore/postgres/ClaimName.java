package dev.stele.eventstore.postgres;

import dev.stele.eventstore.Claim;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collection;
import java.util.UUID;

/**
 * What the database knows a claim by: the first half of the SHA-256 of its namespace and key. Where
 * a key has several lines, those before the last give the first four bytes, so that the names of
 * one group, such as a device's transactions in a room, stand side by side: the index is written
 * where it was written just before, and not all over.
 *
 * <p>To find two claims that share a name takes 2^48 tries at least, and gains whoever finds them
 * no more than that the second of their own names is taken.
 */
final class ClaimName {
  private static final ThreadLocal<MessageDigest> SHA256 =
      ThreadLocal.withInitial(ClaimName::sha256);

  private ClaimName() {}

  static UUID of(Claim claim) {
    ByteBuffer name = digest(claim.namespace() + '\n' + claim.key());
    int lastLine = claim.key().lastIndexOf('\n');
    if (lastLine >= 0) {
      String group = claim.namespace() + '\n' + claim.key().substring(0, lastLine);
      name.putInt(0, digest(group).getInt(0));
    }
    return new UUID(name.getLong(0), name.getLong(Long.BYTES));
  }

  private static ByteBuffer digest(String text) {
    return ByteBuffer.wrap(SHA256.get().digest(text.getBytes(StandardCharsets.UTF_8)));
  }

  static UUID[] of(Collection<Claim> claims) {
    return claims.stream().map(ClaimName::of).toArray(UUID[]::new);
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
