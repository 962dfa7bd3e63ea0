package dev.stele.server.client;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.stele.server.testing.TestServer;
import dev.stele.server.testing.TestServer.Client;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import net.folivo.trixnity.clientserverapi.client.RoomApiClient;
import net.folivo.trixnity.clientserverapi.client.SyncApiClient;
import net.folivo.trixnity.clientserverapi.model.rooms.GetEvents;
import net.folivo.trixnity.clientserverapi.model.sync.Sync;
import net.folivo.trixnity.core.model.EventId;
import net.folivo.trixnity.core.model.RoomId;
import net.folivo.trixnity.core.model.events.ClientEvent.RoomEvent;
import net.folivo.trixnity.core.model.events.StateEventContent;
import net.folivo.trixnity.core.model.events.m.ReactionEventContent;
import net.folivo.trixnity.core.model.events.m.RelatesTo;
import net.folivo.trixnity.core.model.events.m.room.CreateEventContent;
import net.folivo.trixnity.core.model.events.m.room.RoomMessageEventContent.TextBased.Text;
import net.folivo.trixnity.core.model.events.m.room.TopicEventContent;
import org.junit.jupiter.api.Test;

/**
 * Trixnity, a client library of another family than matrix-js-sdk, in the same rooms as others. It
 * reads every answer into types of its own, and so minds its form.
 */
final class TrixnityTest {
  /** Ten seconds as Kotlin counts them: twice the nanoseconds. */
  private static final long TEN_SECONDS = 2 * 10_000_000_000L;

  private static final int SAID = 30;

  @Test
  void trixnityAndAnotherClient_inOneRoom_readWhatEachOtherWrites() throws Exception {
    try (TestServer server = new TestServer()) {
      Client anna = server.register("anna");
      Client bert = server.register("bert");
      String room =
          anna.post("/createRoom", "{'preset':'public_chat','name':'Hall'}")
              .ok()
              .path("room_id")
              .asText();
      List<String> said = IntStream.range(0, SAID).mapToObj(i -> say(anna, room, "m" + i)).toList();
      try (Trixnity trixnity = Trixnity.as(server.url(), bert.token())) {
        joinAndRead(trixnity, new RoomId(room), said);
        write(trixnity, new RoomId(room), anna, said.get(0));
        hear(trixnity, new RoomId(room), anna);
      }
    }
  }

  /** The newest messages come by sync, the others by paging back. */
  private static void joinAndRead(Trixnity trixnity, RoomId room, List<String> said) {
    room(RoomId.class, trixnity, "joinRoom", room, null, null, null, null);
    Object joined = joined(sync(trixnity, null), room);
    Object timeline = Mangled.get(joined, "timeline");
    assertThat(Mangled.get(timeline, "limited")).isEqualTo(true);
    assertThat(events(Mangled.get(joined, "state")))
        .anyMatch(event -> event.getContent() instanceof CreateEventContent);
    assertThat(Mangled.get(Mangled.get(joined, "summary"), "joinedMemberCount")).isEqualTo(2L);
    List<String> newestFirst = new ArrayList<>();
    List<RoomEvent<?>> events = events(timeline);
    for (int i = events.size() - 1; i >= 0; i--) {
      addMessage(newestFirst, events.get(i));
    }
    String from = (String) Mangled.get(timeline, "previousBatch");
    while (from != null) {
      GetEvents.Response page =
          room(
              GetEvents.Response.class,
              trixnity,
              "getEvents",
              room,
              from,
              GetEvents.Direction.BACKWARDS,
              null,
              7L,
              null,
              null);
      page.getChunk().forEach(event -> addMessage(newestFirst, event));
      from = page.getEnd();
    }
    Collections.reverse(newestFirst);
    assertThat(newestFirst).isEqualTo(said);
  }

  private static void addMessage(List<String> ids, RoomEvent<?> event) {
    if (event.getContent() instanceof Text) {
      ids.add(event.getId().getFull());
    }
  }

  /** What Trixnity writes, others read. */
  private static void write(Trixnity trixnity, RoomId room, Client anna, String first) {
    EventId message = send(trixnity, room, new Text("hello", null, null, null, null, null));
    EventId reaction =
        send(
            trixnity,
            room,
            new ReactionEventContent(new RelatesTo.Annotation(new EventId(first), "👍"), null));
    Map<String, JsonNode> read = new HashMap<>();
    anna.get("/rooms/" + Client.encode(room.getFull()) + "/messages?dir=b&limit=5")
        .ok()
        .path("chunk")
        .forEach(event -> read.put(event.path("event_id").asText(), event.path("content")));
    assertThat(read.get(message.getFull()).path("body").asText()).isEqualTo("hello");
    assertThat(read.get(reaction.getFull()).at("/m.relates_to/event_id").asText()).isEqualTo(first);
  }

  private static EventId send(Trixnity trixnity, RoomId room, Object content) {
    return room(
        EventId.class, trixnity, "sendMessageEvent", room, content, "t" + content.hashCode(), null);
  }

  /** What others write while Trixnity waits, it hears; and it reads the state that came of it. */
  private static void hear(Trixnity trixnity, RoomId room, Client anna) {
    String since = sync(trixnity, null).getNextBatch();
    String topic = "/rooms/" + Client.encode(room.getFull()) + "/state/m.room.topic/";
    anna.put(topic, "{'topic':'Stones'}").ok();
    RoomEvent<?> heard =
        events(Mangled.get(joined(sync(trixnity, since), room), "timeline")).get(0);
    assertThat(heard.getContent())
        .isInstanceOfSatisfying(
            TopicEventContent.class, content -> assertThat(content.getTopic()).isEqualTo("Stones"));
    assertThat(heard.getSender().getFull()).isEqualTo(anna.userId());
    StateEventContent state =
        room(StateEventContent.class, trixnity, "getStateEvent", "m.room.topic", room, "", null);
    assertThat(((TopicEventContent) state).getTopic()).isEqualTo("Stones");
  }

  private static Sync.Response sync(Trixnity trixnity, String since) {
    return Mangled.call(
        Sync.Response.class,
        SyncApiClient.class,
        trixnity.api().getSync(),
        "sync",
        null,
        since,
        false,
        null,
        TEN_SECONDS,
        null);
  }

  private static <T> T room(Class<T> result, Trixnity trixnity, String name, Object... arguments) {
    return Mangled.call(result, RoomApiClient.class, trixnity.api().getRoom(), name, arguments);
  }

  /** A room of an answer. */
  private static Object joined(Sync.Response answer, RoomId room) {
    return ((Map<?, ?>) Mangled.get(Mangled.get(answer, "room"), "join")).get(room);
  }

  private static List<RoomEvent<?>> events(Object of) {
    List<RoomEvent<?>> events = new ArrayList<>();
    for (Object event : (List<?>) Mangled.get(of, "events")) {
      events.add((RoomEvent<?>) event);
    }
    return events;
  }

  private static String say(Client who, String room, String text) {
    return who.put(
            "/rooms/" + Client.encode(room) + "/send/m.room.message/" + text,
            "{'msgtype':'m.text','body':'" + text + "'}")
        .ok()
        .path("event_id")
        .asText();
  }
}
