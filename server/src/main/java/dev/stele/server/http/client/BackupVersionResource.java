package dev.stele.server.http.client;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.stele.api.Endpoint;
import dev.stele.api.ErrorCode;
import dev.stele.api.Limits;
import dev.stele.server.backup.KeyBackups;
import dev.stele.server.backup.Outcome;
import dev.stele.server.http.BadRequest;
import dev.stele.server.http.Bindings;
import dev.stele.server.http.Body;
import dev.stele.server.http.Exchange;
import dev.stele.server.http.Reply;
import dev.stele.server.http.Resource;
import dev.stele.server.projection.BackupRow;
import dev.stele.server.projection.Backups;
import io.vertx.core.Future;
import java.util.Optional;
import java.util.function.Function;

/** A user's backups of room keys. Client-server API, "Server-side key backups". */
public final class BackupVersionResource implements Resource {
  private final KeyBackups changes;
  private final Backups backups;

  public BackupVersionResource(KeyBackups changes, Backups backups) {
    this.changes = changes;
    this.backups = backups;
  }

  @Override
  public void bind(Bindings bindings) {
    bindings
        .on(Endpoint.POST_ROOM_KEYS_VERSION, this::create)
        .on(Endpoint.GET_ROOM_KEYS_VERSION_CURRENT, this::getCurrent)
        .on(Endpoint.GET_ROOM_KEYS_VERSION, this::get)
        .on(Endpoint.PUT_ROOM_KEYS_VERSION, this::update)
        .on(Endpoint.DELETE_ROOM_KEYS_VERSION, this::delete);
  }

  private Future<Reply> create(Exchange exchange) {
    Body body = exchange.body();
    return changes
        .create(exchange.requester().userId(), algorithm(body), authData(body))
        .map(
            outcome ->
                reply(
                    outcome,
                    backup ->
                        Reply.ok(
                            JsonNodeFactory.instance
                                .objectNode()
                                .put("version", Long.toString(backup.version())))));
  }

  private Future<Reply> getCurrent(Exchange exchange) {
    return backups.current(exchange.requester().userId()).map(BackupVersionResource::described);
  }

  private Future<Reply> get(Exchange exchange) {
    return backups
        .backup(exchange.requester().userId(), version(exchange.path("version")))
        .map(BackupVersionResource::described);
  }

  private Future<Reply> update(Exchange exchange) {
    String version = exchange.path("version");
    Body body = exchange.body();
    if (!body.string("version", version).equals(version)) {
      throw new BadRequest(ErrorCode.INVALID_PARAM, "The version is not that of the path");
    }
    return changes
        .update(exchange.requester().userId(), version(version), algorithm(body), authData(body))
        .map(outcome -> reply(outcome, backup -> Reply.empty()));
  }

  private Future<Reply> delete(Exchange exchange) {
    return changes
        .delete(exchange.requester().userId(), version(exchange.path("version")))
        .map(outcome -> reply(outcome, backup -> Reply.empty()));
  }

  static Reply reply(Outcome outcome, Function<BackupRow, Reply> success) {
    return outcome instanceof Outcome.Done done
        ? success.apply(done.backup())
        : Reply.error(((Outcome.Refused) outcome).error());
  }

  /** The number of a version; 0, which no backup has, for what is none. */
  static long version(String text) {
    boolean number = !text.isEmpty() && text.length() <= 18 && text.charAt(0) != '0';
    return number && text.chars().allMatch(c -> c >= '0' && c <= '9') ? Long.parseLong(text) : 0;
  }

  private static Reply described(Optional<BackupRow> found) {
    BackupRow backup = found.orElse(null);
    if (backup == null || backup.authData() == null) {
      return Reply.error(KeyBackups.unknown());
    }
    ObjectNode body =
        JsonNodeFactory.instance
            .objectNode()
            .put("algorithm", backup.algorithm())
            .put("count", backup.count())
            .put("etag", Long.toString(backup.etag()))
            .put("version", Long.toString(backup.version()));
    return Reply.ok(body.set("auth_data", backup.authData()));
  }

  private static String algorithm(Body body) {
    String algorithm = body.requiredString("algorithm");
    if (algorithm.isEmpty()
        || algorithm.length() > Limits.MAX_ID_BYTES
        || algorithm.indexOf('\0') >= 0) {
      throw new BadRequest(ErrorCode.INVALID_PARAM, "algorithm is none");
    }
    return algorithm;
  }

  private static ObjectNode authData(Body body) {
    ObjectNode authData = body.requiredObject("auth_data");
    if (authData.toString().length() > Limits.MAX_BACKUP_AUTH_CHARS) {
      throw new BadRequest(ErrorCode.TOO_LARGE, "auth_data is too large");
    }
    return authData;
  }
}
