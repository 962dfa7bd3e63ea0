package dev.stele.server.account;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.stele.server.projection.Accounts;
import dev.stele.server.record.Claims;
import dev.stele.server.record.FilterCreated;
import dev.stele.server.record.RecordLog;
import dev.stele.stateres.json.CanonicalJson;
import io.vertx.core.Future;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/**
 * The filters that users keep on the server. A filter's id follows from what it says, so that a
 * client that stores the same one at every start stores it once. Thread-safe.
 */
public final class StoredFilters {
  private static final int ID_BYTES = 15;

  private final RecordLog log;
  private final Accounts accounts;

  public StoredFilters(RecordLog log, Accounts accounts) {
    this.log = log;
    this.accounts = accounts;
  }

  /**
   * Stores a filter that is known to be one.
   *
   * @return its id, once it is durable
   * @throws dev.stele.stateres.json.InvalidJson if it has no Canonical JSON
   */
  public Future<String> store(String userId, ObjectNode filter) {
    String id = id(filter);
    return log.holders(List.of(Claims.filter(userId, id)))
        .compose(
            holders ->
                holders.isEmpty()
                    ? log.append(List.of(new FilterCreated(userId, id, filter))).map(id)
                    : Future.succeededFuture(id));
  }

  /** A filter that the user has stored. */
  public Future<Optional<ObjectNode>> get(String userId, String filterId) {
    return accounts.filter(userId, filterId);
  }

  private static String id(ObjectNode filter) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256")
              .digest(CanonicalJson.encode(filter, CanonicalJson.Numbers.LENIENT));
      return Base64.getUrlEncoder()
          .withoutPadding()
          .encodeToString(Arrays.copyOf(digest, ID_BYTES));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("this Java has no SHA-256", e);
    }
  }
}
