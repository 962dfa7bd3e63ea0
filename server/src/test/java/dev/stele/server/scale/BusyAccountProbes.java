package dev.stele.server.scale;

import static dev.stele.server.scale.Caller.encode;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** What to ask as the account that is in many rooms. */
final class BusyAccountProbes {
  private static final String BUSY = BusyAccount.BUSY;
  private static final String SLIDING = "unstable/org.matrix.simplified_msc3575/sync";

  private final List<Probe> probes = new ArrayList<>();
  private final Caller caller;
  private final String space;
  private final String room;

  BusyAccountProbes(Caller caller) {
    this.caller = caller;
    this.space = named("The space");
    this.room = named("Room 77");
  }

  private String named(String name) {
    String body = "{\"filter\":{\"generic_search_term\":\"%s\"},\"limit\":100}".formatted(name);
    for (JsonNode room : caller.ask(BUSY, "POST", "v3/publicRooms", body).ok().path("chunk")) {
      if (room.path("name").asText().equals(name)) {
        return room.path("room_id").asText();
      }
    }
    return caller.get(BUSY, "v3/joined_rooms").at("/joined_rooms/0").asText();
  }

  List<Probe> all() {
    String lazy = encode("{\"room\":{\"state\":{\"lazy_load_members\":true}}}");
    get("sync, initial, lazy", "v3/sync?filter=" + lazy);
    get("sync, initial", "v3/sync");
    Supplier<String> next =
        () -> caller.get(BUSY, "v3/sync?filter=" + lazy).path("next_batch").asText();
    String since = next.get();
    get("sync, nothing new", "v3/sync?filter=" + lazy + "&since=" + since);
    get("sync, far behind, nothing new", "v3/sync?filter=" + lazy + "&since=s1200000_0");
    String list =
        "{\"lists\":{\"all\":{\"ranges\":[[0,%d]],\"timeline_limit\":%d,\"required_state\":"
            + "[[\"m.room.name\",\"\"],[\"m.room.member\",\"$LAZY\"]]}}}";
    probes.add(Probe.post("sliding sync, 20 of all rooms", BUSY, SLIDING, list.formatted(19, 20)));
    probes.add(Probe.post("sliding sync, all rooms", BUSY, SLIDING, list.formatted(2_100, 1)));
    get("joined_rooms", "v3/joined_rooms");
    get("notifications", "v3/notifications");
    get("initialSync, 1 event each", "v3/initialSync?limit=1");
    hierarchy("the space", space);
    hierarchy("the deep space", named("The deep space"));
    get(
        "hierarchy, suggested only",
        "v1/rooms/" + encode(space) + "/hierarchy?suggested_only=true");
    search("search, a common word", Speech.word(2), "recent");
    search("search, a rare word", Speech.word(25_000), "rank");
    probes.add(
        Probe.post("user_directory", BUSY, "v3/user_directory/search", "{\"search_term\":\"ba\"}"));
    get("mutual_rooms", "v1/mutual_rooms?user_id=" + encode(BusyAccount.HOST));
    get("messages", "v3/rooms/" + encode(room) + "/messages?dir=b&limit=100");
    String name = "{\"displayname\":\"Busy %d\"}";
    probes.add(
        new Probe(
            "change of displayname, in 2,000 rooms",
            BUSY,
            "PUT",
            n -> "v3/profile/" + encode(BUSY) + "/displayname",
            n -> name.formatted(System.nanoTime()),
            1));
    String create = "{\"preset\":\"private_chat\"}";
    probes.add(Probe.post("createRoom", BUSY, "v3/createRoom", create));
    return probes;
  }

  private void hierarchy(String name, String of) {
    String path = "v1/rooms/" + encode(of) + "/hierarchy?limit=50";
    String next = caller.get(BUSY, path).path("next_batch").asText();
    get("hierarchy of " + name + ", first page", path);
    get("hierarchy of " + name + ", next page", path + "&from=" + next);
  }

  private void get(String name, String path) {
    probes.add(Probe.get(name, BUSY, path));
  }

  private void search(String name, String words, String order) {
    probes.add(
        Probe.post(
            name,
            BUSY,
            "v3/search",
            "{\"search_categories\":{\"room_events\":{\"search_term\":\"%s\",\"order_by\":\"%s\"}}}"
                .formatted(words, order)));
  }
}
