package dev.stele.server.projection;

import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/** The tables of inboxes, within one transaction. */
final class InboxRows {
  private final SqlConnection transaction;

  InboxRows(SqlConnection transaction) {
    this.transaction = transaction;
  }

  /** The inboxes of those of these devices that are known. */
  Future<Map<InboxOwner, Inbox>> inboxes(Collection<InboxOwner> devices) {
    return transaction
        .preparedQuery(
            "SELECT d.user_id, d.device_id, d.messages, d.bytes"
                + " FROM unnest($1::text[], $2::text[]) k (user_id, device_id)"
                + " JOIN projection.inbox_device d USING (user_id, device_id) FOR UPDATE OF d")
        .execute(names(devices))
        .map(
            rows -> {
              Map<InboxOwner, Inbox> inboxes = new LinkedHashMap<>();
              rows.forEach(
                  row ->
                      inboxes.put(
                          device(row), Inbox.stored(row.getInteger("messages"), bytes(row))));
              return inboxes;
            });
  }

  /** Gives these inboxes everything that waits in them. */
  Future<Void> load(Map<InboxOwner, Inbox> inboxes) {
    Future<Void> loaded = Future.succeededFuture();
    for (Map.Entry<InboxOwner, Inbox> inbox : inboxes.entrySet()) {
      loaded = loaded.compose(done -> load(inbox.getKey(), inbox.getValue()));
    }
    return loaded;
  }

  private Future<Void> load(InboxOwner device, Inbox inbox) {
    return transaction
        .preparedQuery(
            "SELECT position, number, sender, bytes FROM projection.inbox_message"
                + " WHERE user_id = $1 AND device_id = $2 ORDER BY position")
        .execute(Tuple.of(device.userId(), device.deviceId()))
        .map(
            rows -> {
              List<InboxRow> waiting = new ArrayList<>(rows.size());
              rows.forEach(
                  row ->
                      waiting.add(
                          new InboxRow(
                              row.getLong("position"),
                              row.getInteger("number"),
                              row.getString("sender"),
                              row.getInteger("bytes"))));
              inbox.load(waiting);
              return null;
            });
  }

  /**
   * Writes what a batch does.
   *
   * @return the positions of records of which nothing waits any more, and which may be erased
   */
  Future<Set<Long>> write(InboxBatch.Result result) {
    Sizes sizes = new Sizes(result.inboxes());
    return deleteRead(result.inboxes(), sizes)
        .compose(deleted -> deleteDropped(result.inboxes(), sizes))
        .compose(deleted -> insertMessages(result.inboxes(), sizes))
        .compose(inserted -> insertContents(result.contents()))
        .compose(inserted -> writeDevices(result.inboxes(), sizes))
        .compose(written -> deleteContents(sizes.touched));
  }

  private Future<Void> deleteRead(Map<InboxOwner, Inbox> inboxes, Sizes sizes) {
    Map<InboxOwner, Inbox> read = new LinkedHashMap<>(inboxes);
    read.values().removeIf(inbox -> !inbox.isStored() || inbox.goneUpTo() == 0);
    Long[] upTo = read.values().stream().map(Inbox::goneUpTo).toArray(Long[]::new);
    return delete("<=", read.keySet(), upTo, sizes);
  }

  private Future<Void> deleteDropped(Map<InboxOwner, Inbox> inboxes, Sizes sizes) {
    List<InboxOwner> devices = new ArrayList<>();
    List<Long> positions = new ArrayList<>();
    inboxes.forEach(
        (device, inbox) -> {
          for (long position : inbox.dropped()) {
            devices.add(device);
            positions.add(position);
          }
        });
    return delete("=", devices, positions.toArray(Long[]::new), sizes);
  }

  private Future<Void> delete(
      String comparison, Collection<InboxOwner> devices, Long[] positions, Sizes sizes) {
    if (devices.isEmpty()) {
      return Future.succeededFuture();
    }
    return transaction
        .preparedQuery(
            "DELETE FROM projection.inbox_message m"
                + " USING unnest($1::text[], $2::text[], $3::bigint[])"
                + " k (user_id, device_id, position)"
                + " WHERE m.user_id = k.user_id AND m.device_id = k.device_id AND m.position "
                + comparison
                + " k.position RETURNING m.user_id, m.device_id, m.position, m.bytes")
        .execute(names(devices).addArrayOfLong(positions))
        .map(
            rows -> {
              rows.forEach(
                  row -> {
                    sizes.add(device(row), -1, -row.getInteger("bytes"));
                    sizes.touched.add(row.getLong("position"));
                  });
              return null;
            });
  }

  private Future<Void> insertMessages(Map<InboxOwner, Inbox> inboxes, Sizes sizes) {
    List<Tuple> messages = new ArrayList<>();
    inboxes.forEach(
        (device, inbox) -> {
          for (InboxRow row : inbox.added()) {
            sizes.add(device, 1, row.bytes());
            messages.add(
                Tuple.of(
                    device.userId(),
                    device.deviceId(),
                    row.position(),
                    row.number(),
                    row.sender(),
                    row.bytes()));
          }
        });
    return Batch.execute(
        transaction,
        "INSERT INTO projection.inbox_message"
            + " (user_id, device_id, position, number, sender, bytes)"
            + " VALUES ($1, $2, $3, $4, $5, $6)",
        messages);
  }

  private Future<Void> insertContents(List<InboxBatch.Content> contents) {
    return Batch.execute(
        transaction,
        "INSERT INTO projection.inbox_content (position, number, type, content, erasable)"
            + " VALUES ($1, $2, $3, $4, $5)",
        contents.stream()
            .map(
                content ->
                    Tuple.of(
                        content.position(),
                        content.number(),
                        content.type(),
                        content.json(),
                        content.erasable()))
            .toList());
  }

  private Future<Void> writeDevices(Map<InboxOwner, Inbox> inboxes, Sizes sizes) {
    List<Tuple> gone = new ArrayList<>();
    List<Tuple> open = new ArrayList<>();
    inboxes.forEach(
        (device, inbox) -> {
          if (inbox.isOpen()) {
            long[] size = sizes.of(device);
            open.add(Tuple.of(device.userId(), device.deviceId(), (int) size[0], size[1]));
          } else if (inbox.isStored()) {
            gone.add(Tuple.of(device.userId(), device.deviceId()));
          }
        });
    return Batch.execute(
            transaction,
            "DELETE FROM projection.inbox_device WHERE user_id = $1 AND device_id = $2",
            gone)
        .compose(
            deleted ->
                Batch.execute(
                    transaction,
                    "INSERT INTO projection.inbox_device (user_id, device_id, messages, bytes)"
                        + " VALUES ($1, $2, $3, $4) ON CONFLICT (user_id, device_id) DO UPDATE"
                        + " SET messages = excluded.messages, bytes = excluded.bytes",
                    open));
  }

  /** Deletes what nobody waits for any more; the positions of which nothing is left. */
  private Future<Set<Long>> deleteContents(Set<Long> positions) {
    if (positions.isEmpty()) {
      return Future.succeededFuture(Set.of());
    }
    Set<Long> gone = new LinkedHashSet<>();
    Tuple touched = Tuple.tuple().addArrayOfLong(positions.toArray(Long[]::new));
    return transaction
        .preparedQuery(
            "DELETE FROM projection.inbox_content c WHERE c.position = ANY ($1)"
                + " AND NOT EXISTS (SELECT 1 FROM projection.inbox_message m"
                + " WHERE m.position = c.position AND m.number = c.number)"
                + " RETURNING c.position, c.erasable AND c.content IS NOT NULL AS erasable")
        .execute(touched)
        .compose(
            deleted -> {
              for (Row row : deleted) {
                if (row.getBoolean("erasable")) {
                  gone.add(row.getLong("position"));
                }
              }
              return transaction
                  .preparedQuery(
                      "SELECT position FROM projection.inbox_content"
                          + " WHERE position = ANY ($1) FOR UPDATE")
                  .execute(touched);
            })
        .map(
            left -> {
              left.forEach(row -> gone.remove(row.getLong("position")));
              return gone;
            });
  }

  private static InboxOwner device(Row row) {
    return new InboxOwner(row.getString("user_id"), row.getString("device_id"));
  }

  private static long bytes(Row row) {
    return row.getLong("bytes");
  }

  private static Tuple names(Collection<InboxOwner> devices) {
    return Tuple.tuple()
        .addArrayOfString(texts(devices, InboxOwner::userId))
        .addArrayOfString(texts(devices, InboxOwner::deviceId));
  }

  private static String[] texts(
      Collection<InboxOwner> devices, Function<InboxOwner, String> component) {
    return devices.stream().map(component).toArray(String[]::new);
  }

  /** How much waits for each device, and the records that were deleted from. */
  private static final class Sizes {
    private final Map<InboxOwner, long[]> sizes = new HashMap<>();
    private final Set<Long> touched = new LinkedHashSet<>();

    Sizes(Map<InboxOwner, Inbox> inboxes) {
      inboxes.forEach(
          (device, inbox) ->
              sizes.put(device, new long[] {inbox.storedMessages(), inbox.storedBytes()}));
    }

    void add(InboxOwner device, int messages, int bytes) {
      long[] size = of(device);
      size[0] += messages;
      size[1] += bytes;
    }

    long[] of(InboxOwner device) {
      return sizes.computeIfAbsent(device, key -> new long[2]);
    }
  }
}
