package dev.stele.server.account;

import dev.stele.api.ErrorCode;
import dev.stele.api.MatrixError;
import dev.stele.server.projection.Accounts;
import dev.stele.server.projection.DeviceRow;
import dev.stele.server.projection.EncryptionKeys;
import io.vertx.core.Future;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Which devices users have, and which ids another one may have. Thread-safe. */
public final class UserDevices {
  private final Accounts accounts;
  private final EncryptionKeys keys;

  public UserDevices(Accounts accounts, EncryptionKeys keys) {
    this.accounts = accounts;
    this.keys = keys;
  }

  Future<Boolean> has(String userId, String deviceId) {
    return accounts.device(userId, deviceId).map(Optional::isPresent);
  }

  Future<List<String>> ids(String userId) {
    return accounts.devices(userId).map(rows -> rows.stream().map(DeviceRow::deviceId).toList());
  }

  /** Whether any of these devices has keys, so that others know of it. */
  Future<Boolean> haveKeys(String userId, List<String> deviceIds) {
    return keys.haveKeys(userId, deviceIds);
  }

  /**
   * Why a user can have no device by an id, new or known. Signatures name a device's key by the
   * device's id and a cross-signing key by itself, so that one could pass for the other.
   * Client-server API, "Cross-signing".
   *
   * @param wished the id, or null if the server chooses one: its own are of another length
   */
  Future<Optional<MatrixError>> complaint(String userId, @Nullable String wished) {
    return wished == null
        ? Future.succeededFuture(Optional.empty())
        : keys.crossSigningKeys(List.of(userId))
            .map(
                rows ->
                    rows.stream().anyMatch(row -> row.publicKey().equals(wished))
                        ? Optional.of(
                            MatrixError.of(
                                ErrorCode.INVALID_PARAM,
                                "device_id is the id of a cross-signing key"))
                        : Optional.empty());
  }
}
