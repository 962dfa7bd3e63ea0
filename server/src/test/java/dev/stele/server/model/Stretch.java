package dev.stele.server.model;

import java.util.ArrayList;
import java.util.List;

/** Events of a room without a gap between them, and where to ask for those before them. */
final class Stretch {
  private final List<String> ids = new ArrayList<>();
  private String before;

  /**
   * @param before a token; null when nothing is before
   */
  Stretch(String before) {
    this.before = before;
  }

  List<String> ids() {
    return ids;
  }

  /** Null when there is nothing before. */
  String before() {
    return before;
  }

  void before(String token) {
    before = token;
  }
}
