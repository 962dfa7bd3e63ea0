package dev.stele.server.sync;

import com.fasterxml.jackson.databind.JsonNode;
import dev.stele.server.event.KnownEvent;
import dev.stele.server.presence.Presence;
import io.vertx.core.buffer.Buffer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What {@code /sync} tells, put together room by room. Rooms are encoded as they come, so that an
 * answer about thousands of rooms holds no more than a few of them as objects.
 */
final class SyncAnswer implements Prepared {
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
  private @Nullable DeviceNews deviceNews;

  /**
   * @param next the token to go on from
   */
  SyncAnswer(SyncServices services, SyncRequest request, SyncToken next) {
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
    (news.left() ? leave : join).add(news.roomId(), writer.encode(news, request));
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
