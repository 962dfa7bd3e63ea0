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

  /** Event ids by type and user. */
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

  List<String> timeline() {
    List<String> all = new ArrayList<>();
    stretches.forEach(stretch -> all.addAll(stretch.ids()));
    return all;
  }

  /**
   * Adds what an answer tells.
   *
   * @param fresh whether the client starts with this room anew, so that it may be told again what
   *     it has
   */
  void add(List<String> ids, String before, boolean limited, boolean fresh) {
    if (stretches.isEmpty()) {
      stretches.add(new Stretch(before));
      last().ids().addAll(ids);
    } else if (fresh) {
      restart(ids, before);
    } else {
      if (limited) {
        if (before == null) {
          throw new AssertionError("a gap that cannot be filled");
        }
        startStretch(before);
      }
      last().ids().addAll(ids);
    }
    Set<String> seen = new HashSet<>();
    for (String id : timeline()) {
      if (!seen.add(id)) {
        throw new AssertionError("told again: " + id);
      }
    }
  }

  /** The room again, after it had been left. */
  private void restart(List<String> ids, String before) {
    Set<String> had = new HashSet<>(timeline());
    int fresh = ids.size();
    while (fresh > 0 && !had.contains(ids.get(fresh - 1))) {
      fresh--;
    }
    if (fresh == 0) {
      startStretch(before);
    }
    last().ids().addAll(ids.subList(fresh, ids.size()));
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
