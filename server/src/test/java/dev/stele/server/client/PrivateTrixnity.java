package dev.stele.server.client;

import io.ktor.client.engine.java.Java;
import io.ktor.http.URLUtilsKt;
import java.util.function.Predicate;
import kotlin.Unit;
import kotlin.coroutines.Continuation;
import kotlin.jvm.JvmClassMappingKt;
import kotlinx.coroutines.Dispatchers;
import kotlinx.coroutines.flow.Flow;
import kotlinx.coroutines.flow.FlowKt;
import net.folivo.trixnity.client.MatrixClient;
import net.folivo.trixnity.client.MatrixClientKt;
import net.folivo.trixnity.client.media.InMemoryMediaStoreKt;
import net.folivo.trixnity.client.room.RoomService;
import net.folivo.trixnity.client.room.message.TextKt;
import net.folivo.trixnity.client.store.Room;
import net.folivo.trixnity.client.store.TimelineEvent;
import net.folivo.trixnity.client.store.repository.CreateInMemoryRepositoriesModuleKt;
import net.folivo.trixnity.clientserverapi.model.authentication.IdentifierType;
import net.folivo.trixnity.core.model.RoomId;
import net.folivo.trixnity.core.model.events.m.Presence;
import net.folivo.trixnity.core.model.events.m.room.Membership;
import net.folivo.trixnity.core.model.events.m.room.RoomMessageEventContent.TextBased.Text;
import org.jspecify.annotations.Nullable;

/** A whole Trixnity client with its encryption (libolm), which keeps what it knows in memory. */
@SuppressWarnings({"unchecked", "rawtypes"}) // Continuations take whatever the functions give.
final class PrivateTrixnity implements AutoCloseable {
  private final MatrixClient client;
  private final RoomService rooms;

  private PrivateTrixnity(MatrixClient client) {
    this.client = client;
    this.rooms =
        client.getDi().get(JvmClassMappingKt.getKotlinClass(RoomService.class), null, null);
  }

  /** Logs in, and starts to follow. */
  static PrivateTrixnity logIn(String url, String user, String password) {
    MatrixClient client =
        (MatrixClient)
            Suspending.await(
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
        continuation -> client.startSync(Presence.ONLINE, (Continuation) continuation));
    return new PrivateTrixnity(client);
  }

  /** Waits until it is in a room that it knows to be encrypted. */
  void isIn(RoomId room) {
    first(
        rooms.getById(room),
        known ->
            known instanceof Room found
                && found.getEncrypted()
                && found.getMembership() == Membership.JOIN);
  }

  /** Says something in a room, encrypted if the room is. It leaves later, by itself. */
  void say(RoomId room, String text) {
    Suspending.await(
        continuation ->
            rooms.sendMessage(
                room,
                true,
                (message, also) -> {
                  TextKt.text(message, text, null, null);
                  return Unit.INSTANCE;
                },
                (Continuation) continuation));
  }

  /** Waits until a text is the last thing said in a room, and can be read. */
  void reads(RoomId room, String text) {
    first(
        rooms.getLastTimelineEvent(room, options -> Unit.INSTANCE),
        // A room that was just joined has no last event yet.
        last -> last != null && text.equals(readable((Flow<TimelineEvent>) last)));
  }

  /** What an event says, once it is decrypted; null if it is no text. */
  private static @Nullable String readable(Flow<TimelineEvent> versions) {
    Object event = first(versions, version -> Trixnity.get(version, "content") != null);
    return Suspending.unbox(Trixnity.get(event, "content")) instanceof Text content
        ? content.getBody()
        : null;
  }

  private static Object first(Flow<?> flow, Predicate<Object> wanted) {
    return Suspending.await(
        continuation ->
            FlowKt.first(flow, (value, also) -> wanted.test(value), (Continuation) continuation));
  }

  @Override
  public void close() {
    Suspending.await(continuation -> client.closeSuspending((Continuation) continuation));
  }
}
