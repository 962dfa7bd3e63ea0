package dev.stele.server.sync;

import com.fasterxml.jackson.databind.JsonNode;
import dev.stele.server.event.KnownEvent;
import dev.stele.server.event.ShownEvent;
import dev.stele.server.presence.Presence;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What {@code /sync} tells, put together room by room. Rooms are encoded as they come, so that an
 * answer about thousands of rooms holds no more than a few of them as objects.
 */
final class SyncAnswer implements Prepared {
  /** How much to gather before it is passed on. */
  private static final int PIECE_BYTES = 64 << 10;

  private final SyncWriter writer;
  private final SyncRequest request;
  private final DeviceNewsReader devices;
  private final SyncToken next;
  private final Fragments join = new Fragments();
  private final Fragments leave = new Fragments();
  private final Fragments invite = new Fragments();
  private final Fragments knock = new Fragments();
  private final List<TypedContent> accountData = new ArrayList<>();
  private final List<Presence> presence = new ArrayList<>();
  private final @Nullable Function<Buffer, Future<Void>> outlet;
  private @Nullable DeviceNews deviceNews;

  /** Whether some of the answer has left by the outlet. */
  private boolean begun;

  /** Whether events of the state that is open are there already. */
  private boolean stateBegun;

  /**
   * @param next the token to go on from
   * @param outlet takes what there is of an answer that may be large; null for one that may turn
   *     out to be none
   */
  SyncAnswer(
      SyncServices services,
      SyncRequest request,
      SyncToken next,
      @Nullable Function<Buffer, Future<Void>> outlet) {
    this.outlet = outlet;
    this.writer = services.writer();
    this.devices = services.devices();
    this.request = request;
    this.next = next;
  }

  /** An event that has no more than a type and a content. */
  record TypedContent(String type, JsonNode content) {}

  /**
   * A room that the user may come into.
   *
   * @param knocked whether the user asked, rather than somebody in the room
   * @param state stripped state
   */
  record RoomOffer(String roomId, boolean knocked, List<KnownEvent> state) {}

  void add(RoomNews news) {
    rooms(news).add(news.roomId(), writer.encode(news, request));
  }

  /** Adds a room whose state goes on with {@link #addState}, until {@link #closeState}. */
  void open(RoomNews news) {
    byte[] whole = writer.encode(news, request);
    int end = whole.length - SyncWriter.END_OF_STATE.length;
    stateBegun = whole[end - 1] != '[';
    rooms(news).add(news.roomId(), Arrays.copyOf(whole, end));
  }

  /** Adds state to the room that is open. */
  void addState(RoomNews news, List<ShownEvent> events) {
    if (!events.isEmpty()) {
      rooms(news).append(writer.encode(events, request, stateBegun));
      stateBegun = true;
    }
  }

  /** That was all of its state. */
  void closeState(RoomNews news) {
    rooms(news).append(SyncWriter.END_OF_STATE);
  }

  private Fragments rooms(RoomNews news) {
    return news.left() ? leave : join;
  }

  /** Passes on what there is of the rooms that the user is in, if it is much. */
  Future<Void> flush() {
    if (outlet == null || join.size() < PIECE_BYTES) {
      return Future.succeededFuture();
    }
    Buffer piece = Buffer.buffer(begun ? "" : SyncWriter.BEGIN).appendBytes(join.take());
    begun = true;
    return outlet.apply(piece);
  }

  /** Whether the beginning has left already. */
  boolean begun() {
    return begun;
  }

  void add(RoomOffer offer) {
    (offer.knocked() ? knock : invite).add(offer.roomId(), writer.encode(offer));
  }

  /** Adds global account data. */
  void addAccountData(List<TypedContent> contents) {
    accountData.addAll(contents);
  }

  /** Adds who is online, and who is not any more. */
  void addPresence(List<Presence> changed) {
    presence.addAll(changed);
  }

  List<Presence> presence() {
    return presence;
  }

  /** Adds what is for the device alone. */
  void addDeviceNews(DeviceNews news) {
    deviceNews = news;
  }

  @Nullable DeviceNews deviceNews() {
    return deviceNews;
  }

  @Override
  public boolean isEmpty() {
    return !hasRooms() && accountData.isEmpty() && presence.isEmpty() && !hasDeviceNews();
  }

  private boolean hasDeviceNews() {
    return deviceNews != null && !deviceNews.isEmpty();
  }

  boolean hasRooms() {
    return !(join.isEmpty() && leave.isEmpty() && invite.isEmpty() && knock.isEmpty());
  }

  @Override
  public Buffer encode() {
    if (deviceNews == null) {
      return writer.encode(this, next);
    }
    devices.inbox().tells(deviceNews.inbox());
    return writer.encode(
        this, new SyncToken(next.position(), next.ephemeral(), deviceNews.inbox().token()));
  }

  Fragments join() {
    return join;
  }

  Fragments leave() {
    return leave;
  }

  Fragments invite() {
    return invite;
  }

  Fragments knock() {
    return knock;
  }

  List<TypedContent> accountData() {
    return accountData;
  }
}
