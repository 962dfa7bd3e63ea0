package dev.stele.server.model;

import com.fasterxml.jackson.databind.JsonNode;
import dev.stele.server.testing.TestServer.Answer;
import dev.stele.server.testing.TestServer.Client;
import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;

/** A client that follows {@code /sync}. */
final class SyncWatcher extends Watcher {
  private String once = "";

  SyncWatcher(World world, Client client, Style style) {
    super(world, client, style);
  }

  @Override
  CompletableFuture<Answer> ask(String token, long timeoutMillis) {
    return client()
        .getLater(
            "/sync?timeout="
                + timeoutMillis
                + (token == null ? "" : "&since=" + token)
                + (style().stateAfter() ? "&use_state_after=true" : "")
                + "&filter="
                + Client.encode(style().filter().replace('\'', '"'))
                + once);
  }

  @Override
  void pollFullState() {
    once = "&full_state=true";
    Answer answer = ask(token(), 0).join();
    once = "";
    for (var room : answer.ok().path("rooms").path("join").properties()) {
      room(room.getKey()).state().clear();
    }
    accept(answer, false);
  }

  /** Of the members, oneself. */
  @Override
  boolean mustKnow(String slot) {
    return !slot.startsWith(Told.MEMBER) || slot.equals(Told.memberSlot(client().userId()));
  }

  private String unread(JsonNode news) {
    String all = counts(news.path("unread_notifications"));
    if (!style().byThread()) {
      return all;
    }
    TreeMap<String, String> threads = new TreeMap<>();
    for (var thread : news.path("unread_thread_notifications").properties()) {
      threads.put(thread.getKey(), counts(thread.getValue()));
    }
    return all + threads;
  }

  @Override
  String expectedUnread(Reckoning reckoning) {
    return style().byThread() ? reckoning.byThread() : reckoning.all();
  }

  @Override
  boolean hearsAllReceipts() {
    return true;
  }

  @Override
  String next(JsonNode answer) {
    return answer.path("next_batch").asText();
  }

  @Override
  JsonNode globalData(JsonNode answer) {
    return answer.path("account_data").path("events");
  }

  @Override
  boolean takeRooms(JsonNode answer, boolean waited) {
    JsonNode rooms = answer.path("rooms");
    for (String section : List.of("invite", "knock")) {
      for (var offer : rooms.path(section).properties()) {
        room(offer.getKey()).section(section);
        JsonNode stripped = offer.getValue().path(section + "_state").path("events");
        eyes().checkOffer(world().story(offer.getKey()), stripped);
      }
    }
    for (String section : List.of("join", "leave")) {
      for (var news : rooms.path(section).properties()) {
        take(world().story(news.getKey()), section, news.getValue(), waited);
      }
    }
    return !rooms.isEmpty();
  }

  private void take(Story story, String section, JsonNode news, boolean waited) {
    RoomPicture picture = room(story.roomId());
    boolean fresh = !picture.section().equals("join") && !section.equals(picture.section());
    if (section.equals("leave")) {
      fresh |=
          picture.leave(story.departure(client().userId())) && !picture.section().equals("join");
    }
    picture.section(section);
    if (fresh) {
      picture.state().clear();
    }
    if (news.has("state_after") != style().stateAfter()) {
      throw new AssertionError("not the kind of state that was asked for: " + news);
    }
    JsonNode timeline = news.path("timeline");
    takeState(story, picture, news.path("state").path("events"));
    List<Told> events = eyes().seen(story, timeline.path("events"));
    if (!style().stateAfter()) {
      events.stream().filter(Told::isState).forEach(e -> picture.state().put(e.slot(), e.id()));
    }
    takeState(story, picture, news.path("state_after").path("events"));
    boolean limited = timeline.path("limited").asBoolean();
    takeTimeline(picture, events, timeline.path("prev_batch"), limited, fresh);
    if (style().lazy() && section.equals("join") && !waited) {
      checkSenders(story, picture, events);
    }
    takeRest(story, picture, news);
  }

  private void takeRest(Story story, RoomPicture picture, JsonNode news) {
    for (JsonNode data : news.path("account_data").path("events")) {
      picture.note(noteIn(data, picture.note()));
    }
    JsonNode count = news.path("summary").path("m.joined_member_count");
    if (count.isInt()) {
      picture.joinedMembers(count.asInt());
    }
    for (JsonNode event : news.path("ephemeral").path("events")) {
      takeEphemeral(story, picture, event);
    }
    if (news.has("unread_notifications")) {
      picture.unread(unread(news));
    }
  }
}
