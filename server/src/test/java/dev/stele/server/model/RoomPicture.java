package dev.stele.server.model;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What a client has of a room. */
final class RoomPicture {
  private final Map<String, String> state = new HashMap<>();
  private final List<Stretch> stretches = new ArrayList<>();
  private final Map<String, String> receipts = new HashMap<>();
  private String section = "";
  private String note;
  private int joinedMembers = -1;
  private int departure = -1;
  private String unread = "";
  private Set<String> typing = Set.of();

  /** The section of the answer that told of it last. */
  String section() {
    return section;
  }

  void section(String section) {
    this.section = section;
  }

  /** Event ids by what they are the state of. */
  Map<String, String> state() {
    return state;
  }

  List<Stretch> stretches() {
    return stretches;
  }

  /** Event ids by type, user and thread. */
  Map<String, String> receipts() {
    return receipts;
  }

  String note() {
    return note;
  }

  void note(String note) {
    this.note = note;
  }

  /** How many members the summary tells of; -1 if there was none. */
  int joinedMembers() {
    return joinedMembers;
  }

  void joinedMembers(int count) {
    joinedMembers = count;
  }

  /** How much is unread, as it was told last. */
  String unread() {
    return unread;
  }

  void unread(String told) {
    unread = told;
  }

  /** Who is typing. */
  Set<String> typing() {
    return typing;
  }

  void typing(Set<String> users) {
    typing = users;
  }

  /**
   * Takes the place of the user's departure from a room that they have left. Returns whether it is
   * another than the client knew: whoever came back meanwhile starts with the room anew.
   */
  boolean leave(int place) {
    boolean other = place != departure;
    departure = place;
    return other;
  }

  List<String> timeline() {
    List<String> all = new ArrayList<>();
    stretches.forEach(stretch -> all.addAll(stretch.ids()));
    return all;
  }

  /**
   * Adds what an answer tells.
   *
   * @param fresh whether the client starts with this room anew: what it may see of the past may be
   *     more than before
   */
  void add(List<String> ids, String before, boolean limited, boolean fresh) {
    if (fresh) {
      stretches.clear();
      typing = Set.of();
    }
    if (stretches.isEmpty()) {
      stretches.add(new Stretch(before));
    } else if (limited) {
      if (before == null) {
        throw new AssertionError("a gap that cannot be filled");
      }
      startStretch(before);
    }
    last().ids().addAll(ids);
    Set<String> seen = new HashSet<>();
    for (String id : timeline()) {
      if (!seen.add(id)) {
        throw new AssertionError("told again: " + id);
      }
    }
  }

  private void startStretch(String before) {
    if (last().ids().isEmpty()) {
      stretches.remove(stretches.size() - 1);
    }
    stretches.add(new Stretch(before));
  }

  private Stretch last() {
    return stretches.get(stretches.size() - 1);
  }
}
