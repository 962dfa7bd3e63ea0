package dev.stele.server.model;

import dev.stele.server.testing.TestServer.Answer;
import dev.stele.server.testing.TestServer.Client;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;

/**
 * What people do in rooms, at random. Much of it is refused; what is done shows in the {@link
 * World} right after.
 */
final class Deeds {
  private static final int MAX_ROOMS = 5;
  private static final List<String> VISIBILITIES =
      List.of("shared", "shared", "joined", "invited", "world_readable");
  private static final List<String> VERSIONS = List.of("10", "11", "12", "12");

  private final World world;
  private final Random random;
  private final List<Deed> deeds = new ArrayList<>();
  private int count;

  Deeds(World world, Random random) {
    this.world = world;
    this.random = random;
    weigh(30, this::say);
    weigh(6, this::react);
    weigh(8, this::setState);
    weigh(4, this::changeVisibility);
    weigh(2, this::changeJoinRule);
    weigh(5, this::redact);
    weigh(6, (who, room) -> change(who, room, "invite"));
    weigh(14, (who, room) -> self(who, room, "join"));
    weigh(5, (who, room) -> self(who, room, "leave"));
    weigh(2, this::knock);
    weigh(3, (who, room) -> change(who, room, "kick"));
    weigh(2, (who, room) -> change(who, room, "ban"));
    weigh(4, (who, room) -> change(who, room, "unban"));
    weigh(2, this::forget);
    weigh(2, (who, room) -> rename(who));
    weigh(2, (who, room) -> ignore(who));
    weigh(8, this::read);
    weigh(3, this::type);
    weigh(3, this::note);
    weigh(1, (who, room) -> createRoom());
  }

  /** Does something, and says what. */
  private interface Deed {
    String by(Client who, Story room);
  }

  private void weigh(int weight, Deed deed) {
    for (int i = 0; i < weight; i++) {
      deeds.add(deed);
    }
  }

  /** Does something, and returns what. */
  String next() {
    count++;
    if (world.stories().isEmpty()) {
      return createRoom();
    }
    Deed deed = one(deeds);
    Client who = random.nextInt(6) == 0 ? world.scribe() : one(world.users());
    return deed.by(who, one(world.stories()));
  }

  /** The scribe says something where this user is, or else the user stores account data. */
  String tell(Client user) {
    count++;
    List<Story> rooms =
        world.stories().stream().filter(room -> room.isJoined(user.userId())).toList();
    boolean deaf = world.ignoredBy(user.userId()).contains(world.scribe().userId());
    return rooms.isEmpty() || deaf ? note(user, null) : say(world.scribe(), one(rooms));
  }

  private String say(Client who, Story room) {
    String mention =
        random.nextInt(4) == 0
            ? ",'m.mentions':{'user_ids':['" + one(world.users()).userId() + "']}"
            : "";
    String root = random.nextInt(4) == 0 ? threadRoot(who, room) : null;
    String relation =
        root == null ? "" : ",'m.relates_to':{'rel_type':'m.thread','event_id':'" + root + "'}";
    String body = "{'msgtype':'m.text','body':'m" + count + "'" + mention + relation + "}";
    return send(who, room, "m.room.message", body);
  }

  /** One of the last few messages that a thread may begin with; null if there is none. */
  private String threadRoot(Client who, Story room) {
    List<Told> roots =
        room.events().stream()
            .filter(event -> event.type().equals("m.room.message") && event.threadRoot() == null)
            .filter(event -> room.reaches(who.userId(), room.place(event.id())))
            .filter(event -> !room.isRedacted(event.id()))
            .toList();
    return roots.isEmpty()
        ? null
        : one(roots.subList(Math.max(0, roots.size() - 3), roots.size())).id();
  }

  private String react(Client who, Story room) {
    return send(who, room, "m.reaction", "{'note':" + count + "}");
  }

  private String send(Client who, Story room, String type, String content) {
    Answer answer = who.put(in(room) + "/send/" + type + "/t" + count, content);
    expectEvents(answer, 1);
    return told(who, room, type, answer);
  }

  private String setState(Client who, Story room) {
    String type = one(List.of("m.room.topic", "m.room.name", "org.model.state", "m.room.avatar"));
    String field = type.equals("m.room.avatar") ? "url" : type.substring(type.lastIndexOf('.') + 1);
    String key = type.startsWith("org") ? "k" + random.nextInt(3) : "";
    return put(who, room, type, key, "{'" + field + "':'v" + count + "'}");
  }

  private String changeVisibility(Client who, Story room) {
    String value = "{'history_visibility':'" + one(VISIBILITIES) + "'}";
    return put(who, room, "m.room.history_visibility", "", value);
  }

  private String changeJoinRule(Client who, Story room) {
    String rule = one(List.of("public", "public", "invite", "knock"));
    return put(world.scribe(), room, "m.room.join_rules", "", "{'join_rule':'" + rule + "'}");
  }

  private String put(Client who, Story room, String type, String key, String content) {
    Answer answer = who.put(in(room) + "/state/" + type + "/" + key, content);
    // The same state once more may be no new event.
    if (answer.status() != 200 || !room.knows(answer.json().path("event_id").asText())) {
      expectEvents(answer, 1);
    }
    return told(who, room, type + " " + content, answer);
  }

  private String redact(Client who, Story room) {
    List<Told> candidates =
        room.events().stream()
            .filter(event -> List.of("m.room.message", "m.room.topic").contains(event.type()))
            .filter(event -> room.reaches(who.userId(), room.place(event.id())))
            .filter(event -> !room.isRedacted(event.id()))
            // Of what is redacted nobody can tell any more in which thread it was.
            .filter(event -> event.threadRoot() == null)
            .toList();
    if (candidates.isEmpty()) {
      return "nothing to redact";
    }
    Told target = one(candidates);
    Answer answer =
        who.put(in(room) + "/redact/" + Client.encode(target.id()) + "/r" + count, "{}");
    expectEvents(answer, 1);
    if (answer.status() == 200) {
      room.redact(target.id(), answer.json().path("event_id").asText());
    }
    return told(who, room, "redact " + target.id(), answer);
  }

  private String change(Client who, Story room, String action) {
    Client target = one(world.users());
    Answer answer = who.post(in(room) + "/" + action, "{'user_id':'" + target.userId() + "'}");
    expectEvents(answer, -1);
    return told(who, room, action + " " + target.userId(), answer);
  }

  private String self(Client who, Story room, String action) {
    if (who.equals(world.scribe())) {
      return "the scribe stays";
    }
    Answer answer = who.post(in(room) + "/" + action, "{}");
    expectEvents(answer, -1);
    if (answer.status() == 200 && action.equals("join") != room.isJoined(who.userId())) {
      throw new AssertionError(action + " by " + who.userId() + " did nothing");
    }
    return told(who, room, action, answer);
  }

  private String knock(Client who, Story room) {
    Answer answer = who.post("/knock/" + Client.encode(room.roomId()), "{}");
    expectEvents(answer, -1);
    return told(who, room, "knock", answer);
  }

  private String forget(Client who, Story room) {
    Answer answer = who.post(in(room) + "/forget", "{}");
    expectEvents(answer, 0);
    if (answer.status() == 200) {
      room.forget(who.userId());
    }
    return told(who, room, "forget", answer);
  }

  private String rename(Client who) {
    long rooms = world.stories().stream().filter(room -> room.isJoined(who.userId())).count();
    Answer answer =
        who.put(
            "/profile/" + Client.encode(who.userId()) + "/displayname",
            "{'displayname':'Name " + count + "'}");
    expectEvents(answer, (int) rooms);
    return told(who, null, "rename", answer);
  }

  private String ignore(Client who) {
    if (who.equals(world.scribe())) {
      return "the scribe ignores nobody";
    }
    Client other = random.nextInt(8) == 0 ? world.scribe() : one(world.users());
    var ignored = new TreeSet<>(world.ignoredBy(who.userId()));
    if (!who.equals(other) && !ignored.remove(other.userId())) {
      ignored.add(other.userId());
    }
    StringBuilder list = new StringBuilder();
    ignored.forEach(user -> list.append(list.isEmpty() ? "" : ",").append("'" + user + "':{}"));
    Answer answer =
        who.put(
            account(who, null) + "/account_data/m.ignored_user_list",
            "{'ignored_users':{" + list + "}}");
    answer.ok();
    world.ignoredBy(who.userId()).clear();
    world.ignoredBy(who.userId()).addAll(ignored);
    return told(who, null, "ignore " + ignored, answer);
  }

  private String read(Client who, Story room) {
    String userId = who.userId();
    for (int place = room.events().size() - 1; place >= 0; place--) {
      if (room.reaches(userId, place)) {
        Told event = room.events().get(place);
        String thread =
            event.threadRoot() != null && random.nextBoolean()
                ? event.threadRoot()
                : one(List.of("", "", "main"));
        return read(who, room, event.id(), thread);
      }
    }
    return "nothing to read";
  }

  private String read(Client who, Story room, String event, String thread) {
    String type = one(List.of("m.read", "m.read", "m.read.private"));
    String body = thread.isEmpty() ? "{}" : "{'thread_id':'" + thread + "'}";
    Answer answer = who.post(in(room) + "/receipt/" + type + "/" + Client.encode(event), body);
    expectEvents(answer, 0);
    if (answer.status() == 200) {
      world.receipts(room.roomId()).put(World.receiptKey(type, who.userId(), thread), event);
    }
    return told(who, room, type + " " + event + " in " + thread, answer);
  }

  private String type(Client who, Story room) {
    boolean types = random.nextBoolean();
    String json = types ? "{'typing':true,'timeout':120000}" : "{'typing':false}";
    Answer answer = who.put(in(room) + "/typing/" + Client.encode(who.userId()), json);
    expectEvents(answer, 0);
    if (answer.status() == 200 && types) {
      world.typing(room.roomId()).add(who.userId());
    } else if (answer.status() == 200) {
      world.typing(room.roomId()).remove(who.userId());
    }
    return told(who, room, "typing " + json, answer);
  }

  private String note(Client who, Story room) {
    if (who.equals(world.scribe())) {
      return "the scribe notes nothing";
    }
    String json = "{\"note\":" + count + "}";
    Answer answer = who.put(account(who, room) + "/account_data/org.model.note", json);
    expectEvents(answer, 0);
    answer.ok();
    world.accountData().put(who.userId() + "|" + (room == null ? "" : room.roomId()), json);
    return told(who, room, "note", answer);
  }

  private String createRoom() {
    if (world.stories().size() >= MAX_ROOMS) {
      return "rooms enough";
    }
    String preset = one(List.of("public_chat", "public_chat", "private_chat"));
    Answer answer =
        world
            .scribe()
            .post(
                "/createRoom",
                """
                {'preset':'%s','room_version':'%s','name':'Room %d','initial_state':[
                 {'type':'m.room.history_visibility','content':{'history_visibility':'%s'}}],
                 'power_level_content_override':{'state_default':20,'kick':30,'ban':30,'invite':0,
                  'redact':30,'events':{'m.room.history_visibility':30},
                  'users_default':%d,'users':{%s'%s':40,'%s':25}}}
                """
                    .formatted(
                        preset,
                        version(),
                        count,
                        one(VISIBILITIES),
                        random.nextBoolean() ? 20 : 0,
                        creatorIsListed ? "'" + world.scribe().userId() + "':100," : "",
                        world.users().get(0).userId(),
                        world.users().get(1).userId()));
    answer.ok();
    world.learn();
    return told(world.scribe(), null, "create " + answer.json() + preset, answer);
  }

  private boolean creatorIsListed;

  /** A room version; those before 12 want the creator among the powerful. */
  private String version() {
    String version = one(VERSIONS);
    creatorIsListed = !version.equals("12");
    return version;
  }

  /**
   * Learns what a deed led to.
   *
   * @param expected how many events if it succeeded; -1 for one at most
   */
  private void expectEvents(Answer answer, int expected) {
    if (answer.status() != 200 && answer.status() / 100 != 4) {
      throw new AssertionError("not an answer: " + answer);
    }
    int learnt = world.learn();
    int limit = answer.status() == 200 ? Math.abs(expected) : 0;
    if (learnt > limit || (expected >= 0 && learnt < limit)) {
      throw new AssertionError(answer + " led to " + learnt + " events");
    }
  }

  private String told(Client who, Story room, String what, Answer answer) {
    return "#%d %s in %s: %s -> %d %s"
        .formatted(
            count,
            who.userId(),
            room == null ? "-" : room.roomId(),
            what,
            answer.status(),
            answer.json().path(answer.status() == 200 ? "event_id" : "errcode").asText());
  }

  private static String in(Story room) {
    return "/rooms/" + Client.encode(room.roomId());
  }

  private static String account(Client who, Story room) {
    String user = "/user/" + Client.encode(who.userId());
    return room == null ? user : user + in(room);
  }

  private <T> T one(List<T> choices) {
    return choices.get(random.nextInt(choices.size()));
  }
}
