package dev.stele.server.model;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.stele.server.testing.TestServer.Answer;
import dev.stele.server.testing.TestServer.Client;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** A client that follows simplified sliding sync (MSC4186), with one list of all rooms. */
final class SlidingWatcher extends Watcher {
  private static final String PATH = "/_matrix/client/unstable/org.matrix.simplified_msc3575/sync";

  SlidingWatcher(World world, Client client, Style style) {
    super(world, client, style);
  }

  @Override
  CompletableFuture<Answer> ask(String token, long timeoutMillis) {
    String body =
        "{'conn_id':'model','lists':{'all':{'ranges':[[0,99]],"
            + style().filter()
            + "}},'extensions':{'account_data':{'enabled':true},'receipts':{'enabled':true},'typing':{'enabled':true}}}";
    String from = token == null ? "" : "&pos=" + token;
    return client().postLater(PATH + "?timeout=" + timeoutMillis + from, body);
  }

  @Override
  void pollFullState() {
    poll();
  }

  @Override
  boolean mustKnow(String slot) {
    return !slot.startsWith(Told.MEMBER);
  }

  @Override
  String expectedUnread(Reckoning reckoning) {
    return reckoning.all();
  }

  @Override
  boolean hearsAllReceipts() {
    return false;
  }

  @Override
  String next(JsonNode answer) {
    return answer.path("pos").asText();
  }

  @Override
  JsonNode globalData(JsonNode answer) {
    return answer.path("extensions").path("account_data").path("global");
  }

  @Override
  boolean takeRooms(JsonNode answer, boolean waited) {
    for (var news : answer.path("rooms").properties()) {
      take(world().story(news.getKey()), news.getValue(), waited);
    }
    JsonNode extensions = answer.path("extensions");
    for (var data : extensions.path("account_data").path("rooms").properties()) {
      RoomPicture picture = room(data.getKey());
      data.getValue().forEach(each -> picture.note(noteIn(each, picture.note())));
    }
    for (String kind : List.of("receipts", "typing")) {
      for (var event : extensions.path(kind).path("rooms").properties()) {
        takeEphemeral(world().story(event.getKey()), room(event.getKey()), event.getValue());
      }
    }
    return !answer.path("rooms").isEmpty();
  }

  private void take(Story story, JsonNode news, boolean waited) {
    RoomPicture picture = room(story.roomId());
    String membership = news.path("membership").asText();
    boolean initial = news.path("initial").asBoolean();
    String section = membership.equals("ban") ? "leave" : membership;
    if (section.equals("leave")) {
      initial |=
          picture.leave(story.departure(client().userId())) && picture.section().equals("leave");
    }
    picture.section(section);
    if (initial) {
      picture.state().clear();
    }
    if (List.of("invite", "knock").contains(membership)) {
      eyes().checkOffer(story, news.path("invite_state"));
      return;
    }
    takeState(story, picture, news.path("required_state"));
    List<Told> events = eyes().seen(story, news.path("timeline"));
    boolean limited = news.path("limited").asBoolean();
    takeTimeline(picture, events, news.path("prev_batch"), limited, initial);
    if (style().lazy() && membership.equals("join") && !waited) {
      checkSenders(story, picture, events);
    }
    if (news.has("notification_count")) {
      picture.unread(counts(news));
    }
    JsonNode count =
        news.has("joined_count") ? news.get("joined_count") : MissingNode.getInstance();
    if (count.isInt()) {
      picture.joinedMembers(count.asInt());
    }
  }
}
