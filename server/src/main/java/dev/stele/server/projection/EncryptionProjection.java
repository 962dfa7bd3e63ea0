package dev.stele.server.projection;

import dev.stele.server.record.CrossSigningKeysUploaded;
import dev.stele.server.record.DeviceKeysUploaded;
import dev.stele.server.record.DevicesClosed;
import dev.stele.server.record.Entry;
import dev.stele.server.record.Fact;
import dev.stele.server.record.FallbackKeysUploaded;
import dev.stele.server.record.KeySignaturesUploaded;
import dev.stele.server.record.KeysClaimed;
import dev.stele.server.record.OneTimeKeysUploaded;
import dev.stele.server.record.UsersVerified;
import io.vertx.core.Future;
import io.vertx.sqlclient.SqlConnection;
import java.util.List;

/**
 * The public keys that users and their devices have now: identity keys, one-time and fallback keys,
 * cross-signing keys, and the signatures between them.
 */
public final class EncryptionProjection implements Projection {
  /** Names the checkpoint too. */
  static final String NAME = "encryption";

  private static final int VERSION = 1;

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public int version() {
    return VERSION;
  }

  @Override
  public List<String> tables() {
    return List.of(
        "device_key", "one_time_key", "fallback_key", "cross_signing_key", "key_signature");
  }

  @Override
  public boolean folds(Fact fact) {
    return fact instanceof DeviceKeysUploaded
        || fact instanceof OneTimeKeysUploaded
        || fact instanceof FallbackKeysUploaded
        || fact instanceof KeysClaimed
        || fact instanceof CrossSigningKeysUploaded
        || fact instanceof KeySignaturesUploaded
        || fact instanceof UsersVerified
        || fact instanceof DevicesClosed;
  }

  @Override
  public Future<Void> fold(SqlConnection transaction, List<Entry> entries) {
    OrderedStatements statements = new OrderedStatements();
    entries.forEach(entry -> fold(statements, entry));
    return statements.execute(transaction);
  }

  private static void fold(OrderedStatements statements, Entry entry) {
    Fact fact = entry.fact();
    if (fact instanceof DeviceKeysUploaded uploaded) {
      DeviceKeyRows.upload(statements, uploaded);
    } else if (fact instanceof OneTimeKeysUploaded uploaded) {
      DeviceKeyRows.upload(statements, uploaded, entry.position());
    } else if (fact instanceof FallbackKeysUploaded uploaded) {
      DeviceKeyRows.upload(statements, uploaded, entry.position());
    } else if (fact instanceof KeysClaimed claimed) {
      DeviceKeyRows.claim(statements, claimed);
    } else if (fact instanceof CrossSigningKeysUploaded uploaded) {
      CrossSigningRows.upload(statements, uploaded);
    } else if (fact instanceof KeySignaturesUploaded uploaded) {
      CrossSigningRows.sign(statements, uploaded.userId(), uploaded.signatures());
    } else if (fact instanceof UsersVerified verified) {
      CrossSigningRows.sign(statements, verified.userId(), verified.signatures());
    } else if (fact instanceof DevicesClosed closed) {
      DeviceKeyRows.close(statements, closed);
      CrossSigningRows.close(statements, closed);
    }
  }
}
