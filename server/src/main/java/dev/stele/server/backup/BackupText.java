package dev.stele.server.backup;

import com.fasterxml.jackson.databind.node.TextNode;
import dev.stele.server.projection.BackupRef;
import dev.stele.server.projection.Backups;
import dev.stele.server.projection.StoredKey;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Writes the keys of backups as JSON. A whole backup may have very many, so they are read a
 * thousand at a time and go from the database into the answer as they are. Thread-safe.
 */
public final class BackupText {
  private static final int PAGE = 1_000;

  private final Backups backups;

  public BackupText(Backups backups) {
    this.backups = backups;
  }

  /** The object with the rooms of a backup. */
  public Future<Buffer> rooms(BackupRef backup) {
    Buffer text = Buffer.buffer("{\"rooms\":{");
    return more(backup, null, null, text)
        .map(last -> text.appendString(last == null ? "}}" : "}}}}"));
  }

  /** The object with the sessions of a room. */
  public Future<Buffer> sessions(BackupRef backup, String roomId) {
    Buffer text = Buffer.buffer("{\"sessions\":{");
    return more(backup, roomId, null, text).map(last -> text.appendString("}}"));
  }

  /** One key. */
  public static Buffer key(StoredKey key) {
    return Buffer.buffer(json(key));
  }

  /** Adds what comes after a key; completes with the last one of all. */
  private Future<@Nullable StoredKey> more(
      BackupRef backup, @Nullable String roomId, @Nullable StoredKey after, Buffer text) {
    return backups
        .keys(backup, roomId, after, PAGE)
        .compose(
            keys -> {
              StoredKey last = add(keys, roomId == null, after, text);
              return keys.size() < PAGE
                  ? Future.succeededFuture(last)
                  : more(backup, roomId, last, text);
            });
  }

  private static @Nullable StoredKey add(
      List<StoredKey> keys, boolean byRoom, @Nullable StoredKey after, Buffer text) {
    StoredKey last = after;
    StringBuilder page = new StringBuilder();
    for (StoredKey key : keys) {
      if (byRoom && (last == null || !last.roomId().equals(key.roomId()))) {
        page.append(last == null ? "" : "}},");
        page.append(quoted(key.roomId())).append(":{\"sessions\":{");
      } else if (last != null) {
        page.append(',');
      }
      page.append(quoted(key.sessionId())).append(':').append(json(key));
      last = key;
    }
    text.appendString(page.toString());
    return last;
  }

  private static String json(StoredKey key) {
    return "{\"first_message_index\":"
        + key.firstMessageIndex()
        + ",\"forwarded_count\":"
        + key.forwardedCount()
        + ",\"is_verified\":"
        + key.verified()
        + ",\"session_data\":"
        + key.sessionData()
        + "}";
  }

  private static String quoted(String text) {
    return TextNode.valueOf(text).toString();
  }
}
