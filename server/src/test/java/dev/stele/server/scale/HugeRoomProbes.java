package dev.stele.server.scale;

import static dev.stele.server.scale.Caller.encode;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/** What to ask about the huge room, as its owner unless said otherwise. */
final class HugeRoomProbes {
  private static final String OWNER = HugeRoom.OWNER;

  private final List<Probe> probes = new ArrayList<>();
  private final String room;
  private final String at;
  private final String middle;
  private final String middleEvent;
  private final String parent;
  private final String run = Long.toHexString(System.currentTimeMillis());

  HugeRoomProbes(Caller caller) {
    this.room =
        caller.get(OWNER, "v3/directory/room/" + encode(HugeRoom.ALIAS)).path("room_id").asText();
    this.at = "v3/rooms/" + encode(room);
    this.middleEvent = middleEvent(caller);
    JsonNode context = caller.get(OWNER, at + "/context/" + encode(middleEvent) + "?limit=50");
    this.middle = context.path("end").asText();
    this.parent = parent(context);
  }

  /** An event from half of the room's time. */
  private String middleEvent(Caller caller) {
    JsonNode latest = caller.get(OWNER, at + "/messages?dir=b&limit=1").at("/chunk/0");
    long time = (latest.path("origin_server_ts").asLong() + 1_750_000_000_000L) / 2;
    return caller
        .get(OWNER, "v1/rooms/" + encode(room) + "/timestamp_to_event?dir=f&ts=" + time)
        .path("event_id")
        .asText();
  }

  /** An event that others relate to. */
  private String parent(JsonNode context) {
    for (JsonNode event : context.path("events_after")) {
      String related = event.at("/content/m.relates_to/event_id").asText();
      if (!related.isEmpty()) {
        return related;
      }
    }
    return middleEvent;
  }

  List<Probe> all() {
    writes();
    syncs();
    history();
    members();
    others();
    return probes;
  }

  private void get(String name, String path) {
    probes.add(Probe.get(name, OWNER, path));
  }

  private void each(String name, String method, String path, String body, String user) {
    probes.add(new Probe(name, user, method, n -> path.replace("{n}", run + n), n -> body, 5));
  }

  private void syncs() {
    String presence = "\"presence\":{\"types\":[]}";
    String lazy = "{\"room\":{\"state\":{\"lazy_load_members\":true}}," + presence + "}";
    get("sync, initial, lazy", "v3/sync?filter=" + encode(lazy));
    get("sync, initial, all members", "v3/sync?filter=" + encode("{" + presence + "}"));
    String types = "{\"room\":{\"state\":{\"types\":[\"m.room.name\"]}}}";
    get("sync, initial, state of one type", "v3/sync?filter=" + encode(types));
    String quiet =
        "{\"room\":{\"state\":{\"lazy_load_members\":true},\"timeline\":{\"senders\":[\"%s\"]}}}"
            .formatted(HugeRoom.QUIET);
    get("sync, initial, timeline of a quiet sender", "v3/sync?filter=" + encode(quiet));
    String rare =
        "{\"room\":{\"state\":{\"lazy_load_members\":true},"
            + "\"timeline\":{\"types\":[\"dev.stele.rare\"]}}}";
    get("sync, initial, timeline of a rare type", "v3/sync?filter=" + encode(rare));
    get("sync, 500,000 records behind, lazy", "v3/sync?since=s700000_0&filter=" + encode(lazy));
    get("sync, 500,000 records behind", "v3/sync?since=s700000_0");
    String sliding =
        "{\"room_subscriptions\":{\"%s\":{\"timeline_limit\":20,\"required_state\":"
            + "[[\"m.room.member\",\"$LAZY\"],[\"m.room.name\",\"\"]]}}}";
    probes.add(
        Probe.post(
            "sliding sync, subscription, lazy",
            OWNER,
            "unstable/org.matrix.simplified_msc3575/sync",
            sliding.formatted(room)));
    probes.add(
        Probe.post(
            "sliding sync, subscription, all members",
            OWNER,
            "unstable/org.matrix.simplified_msc3575/sync",
            sliding.formatted(room).replace("$LAZY", "*")));
  }

  private void history() {
    String messages = at + "/messages?";
    get("messages, latest 100", messages + "dir=b&limit=100");
    get("messages, 100 from the middle", messages + "dir=b&limit=100&from=" + middle);
    get("messages, first 100", messages + "dir=f&limit=100");
    filtered("messages, a rare type", "{\"types\":[\"dev.stele.rare\"]}");
    filtered("messages, a quiet sender", "{\"senders\":[\"%s\"]}".formatted(HugeRoom.QUIET));
    filtered(
        "messages, a quiet sender's of a type",
        "{\"types\":[\"m.room.message\"],\"senders\":[\"%s\"]}".formatted(HugeRoom.QUIET));
    filtered("messages, with a url", "{\"contains_url\":true}");
    filtered("messages, not of the usual types", "{\"not_types\":[\"m.room.m*\",\"m.re*\"]}");
    filtered("messages, lazy members", "{\"lazy_load_members\":true}");
    get("context", at + "/context/" + encode(middleEvent) + "?limit=50");
    get("event", at + "/event/" + encode(middleEvent));
    get(
        "timestamp_to_event",
        "v1/rooms/" + encode(room) + "/timestamp_to_event?dir=b&ts=1750300000000");
    String related = "v1/rooms/" + encode(room);
    get("relations", related + "/relations/" + encode(parent));
    get("threads", related + "/threads");
    get("threads, participated", related + "/threads?include=participated");
    search("search, a common word", Speech.word(2), "recent");
    search("search, a common word, by rank", Speech.word(2), "rank");
    search("search, a rare word", Speech.word(25_000), "rank");
    search("search, two common words", Speech.word(3) + " " + Speech.word(5), "rank");
    search("search, Chinese", "电影", "recent");
  }

  private void filtered(String name, String filter) {
    get(name, at + "/messages?dir=b&limit=20&filter=" + encode(filter));
  }

  private void search(String name, String words, String order) {
    probes.add(
        Probe.post(
            name,
            OWNER,
            "v3/search",
            "{\"search_categories\":{\"room_events\":{\"search_term\":\"%s\",\"order_by\":\"%s\"}}}"
                .formatted(words, order)));
  }

  private void members() {
    get("state, one piece", at + "/state/m.room.name/");
    get("state, all", at + "/state");
    get("members", at + "/members");
    get("members, those who left", at + "/members?membership=leave");
    get("members, at the middle", at + "/members?at=" + middle);
    get("joined_members", at + "/joined_members");
    get("aliases", at + "/aliases");
    get("room initialSync", at + "/initialSync");
  }

  private void others() {
    String one = "v3/user/" + encode(OWNER);
    get("joined_rooms", "v3/joined_rooms");
    get("notifications", "v3/notifications");
    get("directory/room", "v3/directory/room/" + encode(HugeRoom.ALIAS));
    get("room_summary", "v1/room_summary/" + encode(room));
    get("publicRooms", "v3/publicRooms");
    String term = "{\"filter\":{\"generic_search_term\":\"%s\"}}";
    probes.add(Probe.post("publicRooms, search", OWNER, "v3/publicRooms", term.formatted("huge")));
    String who = "{\"search_term\":\"%s\"}";
    String path = "v3/user_directory/search";
    probes.add(Probe.post("user_directory, common", OWNER, path, who.formatted("ba")));
    probes.add(Probe.post("user_directory, rare", OWNER, path, who.formatted("quiet")));
    get("mutual_rooms", "v1/mutual_rooms?user_id=" + encode(People.id(11)));
    get("profile", "v3/profile/" + encode(People.id(11)));
    get("tags", one + "/rooms/" + encode(room) + "/tags");
    get("push rules", "v3/pushrules/");
  }

  private void writes() {
    String text = "{\"msgtype\":\"m.text\",\"body\":\"hello\"}";
    Probe first =
        new Probe(
            "send, the first after a start",
            OWNER,
            "PUT",
            n -> at + "/send/m.room.message/first" + run,
            n -> text,
            1);
    probes.add(first);
    each("send", "PUT", at + "/send/m.room.message/{n}", text, OWNER);
    each("state event", "PUT", at + "/state/m.room.topic/", "{\"topic\":\"new\"}", OWNER);
    String newcomer = People.id("busy");
    probes.add(Probe.post("join", newcomer, "v3/join/" + encode(room), "{}").once());
    probes.add(Probe.post("leave", newcomer, at + "/leave", "{}").once());
    String whom = "{\"user_id\":\"" + newcomer + "\"}";
    probes.add(Probe.post("invite", OWNER, at + "/invite", whom).once());
    probes.add(Probe.post("kick", OWNER, at + "/kick", whom).once());
    probes.add(Probe.post("ban", OWNER, at + "/ban", whom).once());
    probes.add(Probe.post("unban", OWNER, at + "/unban", whom).once());
    String read = at + "/receipt/m.read/" + encode(middleEvent);
    probes.add(Probe.post("receipt", OWNER, read, "{}"));
    probes.add(
        Probe.post(
            "read_markers",
            OWNER,
            at + "/read_markers",
            "{\"m.fully_read\":\"%s\"}".formatted(middleEvent)));
    each("typing", "PUT", at + "/typing/" + encode(OWNER), "{\"typing\":true}", OWNER);
  }
}
