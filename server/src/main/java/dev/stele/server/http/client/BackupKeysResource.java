package dev.stele.server.http.client;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.stele.api.Endpoint;
import dev.stele.api.ErrorCode;
import dev.stele.server.backup.BackupText;
import dev.stele.server.backup.KeyBackups;
import dev.stele.server.backup.Outcome;
import dev.stele.server.http.BadRequest;
import dev.stele.server.http.Bindings;
import dev.stele.server.http.Exchange;
import dev.stele.server.http.Reply;
import dev.stele.server.http.Resource;
import dev.stele.server.projection.BackupRef;
import dev.stele.server.projection.Backups;
import dev.stele.server.record.BackedUpKey;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.util.List;
import java.util.function.Function;

/** The room keys in a user's backups. Client-server API, "Server-side key backups". */
public final class BackupKeysResource implements Resource {
  private final KeyBackups changes;
  private final Backups backups;
  private final BackupText text;

  public BackupKeysResource(KeyBackups changes, Backups backups) {
    this.changes = changes;
    this.backups = backups;
    this.text = new BackupText(backups);
  }

  @Override
  public void bind(Bindings bindings) {
    bindings
        .on(
            Endpoint.PUT_ROOM_KEYS,
            exchange -> store(exchange, BackupKeyFields.rooms(exchange.body())))
        .on(Endpoint.PUT_ROOM_KEYS_BY_ROOM_ID, this::storeOfRoom)
        .on(Endpoint.PUT_ROOM_KEY_BY_SESSION_ID, this::storeOne)
        .on(Endpoint.GET_ROOM_KEYS, exchange -> read(exchange, text::rooms))
        .on(Endpoint.GET_ROOM_KEYS_BY_ROOM_ID, this::readOfRoom)
        .on(Endpoint.GET_ROOM_KEY_BY_SESSION_ID, this::readOne)
        .on(Endpoint.DELETE_ROOM_KEYS, this::deleteAll)
        .on(Endpoint.DELETE_ROOM_KEYS_BY_ROOM_ID, this::deleteOfRoom)
        .on(Endpoint.DELETE_ROOM_KEY_BY_SESSION_ID, this::deleteOne);
  }

  private Future<Reply> storeOfRoom(Exchange exchange) {
    return store(exchange, BackupKeyFields.sessions(Own.roomId(exchange), exchange.body()));
  }

  private Future<Reply> storeOne(Exchange exchange) {
    BackedUpKey key =
        BackupKeyFields.key(Own.roomId(exchange), exchange.path("sessionId"), exchange.body());
    return store(exchange, List.of(key));
  }

  private Future<Reply> store(Exchange exchange, List<BackedUpKey> keys) {
    BackupRef backup = backup(exchange);
    return changes.store(backup.userId(), backup.version(), keys).map(BackupKeysResource::counted);
  }

  private Future<Reply> readOfRoom(Exchange exchange) {
    String roomId = Own.roomId(exchange);
    return read(exchange, backup -> text.sessions(backup, roomId));
  }

  private Future<Reply> read(Exchange exchange, Function<BackupRef, Future<Buffer>> keys) {
    BackupRef backup = backup(exchange);
    return exists(backup)
        .compose(
            exists ->
                exists
                    ? keys.apply(backup).map(Reply::encoded)
                    : Future.succeededFuture(Reply.error(KeyBackups.unknown())));
  }

  private Future<Reply> readOne(Exchange exchange) {
    BackupRef backup = backup(exchange);
    return backups
        .key(backup.userId(), backup.version(), Own.roomId(exchange), exchange.path("sessionId"))
        .map(
            found ->
                found
                    .map(key -> Reply.encoded(BackupText.key(key)))
                    .orElseGet(() -> Reply.error(ErrorCode.NOT_FOUND, "Key not found")));
  }

  private Future<Reply> deleteAll(Exchange exchange) {
    BackupRef backup = backup(exchange);
    return changes
        .deleteKeys(backup.userId(), backup.version(), null, null)
        .map(BackupKeysResource::counted);
  }

  private Future<Reply> deleteOfRoom(Exchange exchange) {
    BackupRef backup = backup(exchange);
    return changes
        .deleteKeys(backup.userId(), backup.version(), Own.roomId(exchange), null)
        .map(BackupKeysResource::counted);
  }

  private Future<Reply> deleteOne(Exchange exchange) {
    BackupRef backup = backup(exchange);
    return changes
        .deleteKeys(
            backup.userId(), backup.version(), Own.roomId(exchange), exchange.path("sessionId"))
        .map(BackupKeysResource::counted);
  }

  private Future<Boolean> exists(BackupRef backup) {
    return backups
        .backup(backup.userId(), backup.version())
        .map(found -> found.filter(row -> !row.isDeleted()).isPresent());
  }

  private static BackupRef backup(Exchange exchange) {
    String version = exchange.query("version");
    if (version == null) {
      throw new BadRequest(ErrorCode.MISSING_PARAM, "Missing: version");
    }
    return new BackupRef(exchange.requester().userId(), BackupVersionResource.version(version));
  }

  private static Reply counted(Outcome outcome) {
    return BackupVersionResource.reply(
        outcome,
        backup ->
            Reply.ok(
                JsonNodeFactory.instance
                    .objectNode()
                    .put("count", backup.count())
                    .put("etag", Long.toString(backup.etag()))));
  }
}
