package dev.stele.stateres;

import static dev.stele.stateres.TestRoom.ALICE;
import static dev.stele.stateres.TestRoom.BOB;
import static dev.stele.stateres.TestRoom.CHARLIE;
import static dev.stele.stateres.TestRoom.EVELYN;

import dev.stele.stateres.TestRoom.Line;
import dev.stele.stateres.event.EventType;
import dev.stele.stateres.event.Pdu;
import dev.stele.stateres.version.RoomVersion;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * A room in which users at random join, leave, kick, ban, change levels, rules and topics, on lines
 * of history that fork and meet. What a line's state does not allow is kept as rejected, and does
 * not enter that state.
 */
public final class RandomRoom {
  private static final List<String> USERS = List.of(ALICE, BOB, CHARLIE, EVELYN);
  private static final List<String> RULES = List.of("public", "invite", "knock");

  private final Random random;
  private final TestRoom room;
  private final List<Line> lines = new ArrayList<>();

  public RandomRoom(RoomVersion version, long seed, int steps, int width) {
    random = new Random(seed);
    room = new TestRoom(version);
    lines.add(room.populated());
    for (int i = 0; i < steps; i++) {
      step(width);
    }
  }

  public TestRoom room() {
    return room;
  }

  /** The lines of history that have not met again. */
  public Line[] lines() {
    return lines.toArray(new Line[0]);
  }

  private void step(int width) {
    int at = random.nextInt(lines.size());
    int choice = random.nextInt(20);
    if (choice == 0 && lines.size() > 1) {
      Line merged = room.merge(lines.get(at), lines.get((at + 1) % lines.size()));
      lines.remove(at);
      lines.set(at % lines.size(), merged);
    } else if (choice < 5 && lines.size() < width) {
      lines.add(lines.get(at));
    } else {
      room.setTime(1_000_000 + random.nextInt(100));
      lines.set(at, acted(lines.get(at)));
    }
  }

  private Line acted(Line line) {
    String sender = user();
    Pdu event = proposal(line, sender);
    if (room.check(line, event).isAllowed()) {
      return room.after(line, event);
    }
    room.reject(event.eventId());
    return line;
  }

  private Pdu proposal(Line line, String sender) {
    return switch (random.nextInt(8)) {
      case 0 -> member(line, sender, sender, random.nextBoolean() ? "join" : "leave");
      case 1 -> member(line, sender, user(), "leave");
      case 2 -> member(line, sender, user(), random.nextBoolean() ? "ban" : "invite");
      case 3 -> member(line, sender, sender, "join");
      case 4 -> room.propose(line, EventType.POWER_LEVELS, "", sender, levels());
      case 5 ->
          room.propose(
              line,
              EventType.JOIN_RULES,
              "",
              sender,
              "{\"join_rule\":\"" + RULES.get(random.nextInt(3)) + "\"}");
      default ->
          room.propose(
              line, "m.room.topic", "", sender, "{\"topic\":\"" + random.nextInt() + "\"}");
    };
  }

  private Pdu member(Line line, String sender, String target, String membership) {
    return room.propose(
        line, EventType.MEMBER, target, sender, "{\"membership\":\"" + membership + "\"}");
  }

  private String levels() {
    var users = new StringBuilder();
    for (String user : USERS) {
      boolean creator = room.version().creatorsArePrivileged() && user.equals(ALICE);
      if (!creator && random.nextInt(3) > 0) {
        int level = user.equals(ALICE) ? 100 : random.nextInt(3) * 50;
        users.append(users.length() == 0 ? "" : ",").append('"').append(user).append("\":");
        users.append(level);
      }
    }
    return "{\"users\":{" + users + "},\"state_default\":" + random.nextInt(2) * 50 + "}";
  }

  private String user() {
    return USERS.get(random.nextInt(USERS.size()));
  }
}
