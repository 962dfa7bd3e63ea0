package dev.stele.server.client;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import io.ktor.client.engine.java.Java;
import io.ktor.http.URLUtilsKt;
import java.util.List;
import java.util.function.Consumer;
import kotlin.Unit;
import kotlin.coroutines.Continuation;
import kotlin.jvm.JvmClassMappingKt;
import kotlinx.coroutines.Dispatchers;
import net.folivo.trixnity.client.MatrixClient;
import net.folivo.trixnity.client.MatrixClientKt;
import net.folivo.trixnity.client.key.KeyService;
import net.folivo.trixnity.client.media.InMemoryMediaStoreKt;
import net.folivo.trixnity.client.room.RoomService;
import net.folivo.trixnity.client.room.message.MessageBuilder;
import net.folivo.trixnity.client.room.message.ReplaceKt;
import net.folivo.trixnity.client.room.message.TextKt;
import net.folivo.trixnity.client.store.Room;
import net.folivo.trixnity.client.store.repository.CreateInMemoryRepositoriesModuleKt;
import net.folivo.trixnity.clientserverapi.model.authentication.IdentifierType;
import net.folivo.trixnity.core.model.EventId;
import net.folivo.trixnity.core.model.RoomId;
import net.folivo.trixnity.core.model.UserId;
import net.folivo.trixnity.core.model.events.m.Presence;
import net.folivo.trixnity.core.model.events.m.room.Membership;
import net.folivo.trixnity.core.model.events.m.room.RoomMessageEventContent.TextBased.Text;
import org.jspecify.annotations.Nullable;

/** A whole Trixnity client with its encryption (libolm), which keeps what it knows in memory. */
@SuppressWarnings({"unchecked", "rawtypes"}) // Continuations take whatever the functions give.
final class PrivateTrixnity implements PrivateClient, AutoCloseable {
  private final MatrixClient client;
  private final RoomService rooms;

  private PrivateTrixnity(MatrixClient client) {
    this.client = client;
    this.rooms = service(RoomService.class);
  }

  /** Logs in, and starts to follow. */
  static PrivateTrixnity logIn(String url, String user, String password) {
    MatrixClient client =
        (MatrixClient)
            Suspending.await(
                "the login of " + user,
                continuation ->
                    MatrixClientKt.loginWithPassword(
                        MatrixClient.Companion,
                        URLUtilsKt.Url(url),
                        new IdentifierType.User(user),
                        password,
                        null,
                        "Trixnity",
                        CreateInMemoryRepositoriesModuleKt.createInMemoryRepositoriesModule(),
                        InMemoryMediaStoreKt.createInMemoryMediaStoreModule(),
                        Dispatchers.getDefault(),
                        configuration -> {
                          configuration.setHttpClientEngine(
                              Java.INSTANCE.create(engine -> Unit.INSTANCE));
                          return Unit.INSTANCE;
                        },
                        (Continuation) continuation));
    Suspending.await(
        "the start of sync",
        continuation -> client.startSync(Presence.ONLINE, (Continuation) continuation));
    return new PrivateTrixnity(client);
  }

  /** One of the services that the client is made of. */
  <T> T service(Class<T> type) {
    return client.getDi().get(JvmClassMappingKt.getKotlinClass(type), null, null);
  }

  MatrixClient client() {
    return client;
  }

  /** What this client can do to be trusted. */
  TrixnityTrust trust() {
    return new TrixnityTrust(this);
  }

  @Override
  public String userId() {
    return client.getUserId().getFull();
  }

  @Override
  public String deviceId() {
    return client.getDeviceId();
  }

  /**
   * Trixnity counts a user's keys as up to date when they come, also when the server told of a
   * change after it answered. It then keeps the older ones until something else changes, so
   * something has to.
   */
  @Override
  public void knows(PrivateClient other, Runnable change) {
    Suspending.first(
        "the keys of " + other.deviceId() + " of " + other.userId(),
        service(KeyService.class).getDeviceKeys(new UserId(other.userId())),
        keys ->
            keys instanceof List<?> devices
                && devices.stream()
                    .anyMatch(device -> Mangled.get(device, "deviceId").equals(other.deviceId())),
        change);
  }

  /** Waits until it is in a room that it knows to be encrypted. */
  void isIn(RoomId room) {
    Suspending.first(
        "being in " + room,
        rooms.getById(room),
        known ->
            known instanceof Room found
                && found.getEncrypted()
                && found.getMembership() == Membership.JOIN);
  }

  /** Says something in a room, encrypted if the room is. It leaves later, by itself. */
  void say(RoomId room, String text) {
    send(room, message -> TextKt.text(message, text, null, null));
  }

  /** Says something else instead of what was said. */
  void edit(RoomId room, String eventId, String text) {
    send(
        room,
        message -> {
          TextKt.text(message, text, null, null);
          ReplaceKt.replace(message, new EventId(eventId));
        });
  }

  @CanIgnoreReturnValue
  private Object send(RoomId room, Consumer<MessageBuilder> content) {
    return Suspending.await(
        "the sending of a message",
        continuation ->
            rooms.sendMessage(
                room,
                true,
                (message, also) -> {
                  content.accept(message);
                  return Unit.INSTANCE;
                },
                (Continuation) continuation));
  }

  /** Looks for the message's keys in the backup if it has none, as soon as it may read that. */
  @Override
  public void shows(RoomId room, String eventId, String text) {
    Suspending.first(
        "\"" + text + "\" for " + eventId,
        rooms.getTimelineEvent(room, new EventId(eventId), options -> Unit.INSTANCE),
        // Neither the event, nor what it says, is there from the start.
        event -> event != null && text.equals(readable(Mangled.get(event, "content"))));
  }

  /** What the content of an event says; null if it cannot be read, or not yet, or is no text. */
  private static @Nullable String readable(@Nullable Object content) {
    return content != null && Suspending.unboxOrNull(content) instanceof Text text
        ? text.getBody()
        : null;
  }

  @Override
  public void close() {
    Suspending.await(
        "the end of the client",
        continuation -> client.closeSuspending((Continuation) continuation));
  }
}
