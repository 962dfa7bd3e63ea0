package dev.stele.server.model;

import java.util.List;
import java.util.function.Predicate;

/**
 * How a client follows.
 *
 * @param name for messages
 * @param filter its filter; JSON with single quotes
 * @param wants which events that leaves in timelines
 * @param lazy whether it loads members lazily
 * @param stateAfter whether it asks for the state after the timeline
 */
record Style(String name, String filter, Predicate<Told> wants, boolean lazy, boolean stateAfter) {
  static final List<Style> ALL_STYLES =
      List.of(
          new Style("plain", "{}", Style::all, false, false),
          new Style(
              "lazy", "{'room':{'state':{'lazy_load_members':true}}}", Style::all, true, false),
          new Style(
              "short",
              "{'room':{'timeline':{'limit':2,'unread_thread_notifications':true}}}",
              Style::all,
              false,
              false),
          new Style(
              "messages only",
              "{'room':{'timeline':{'types':['m.room.message'],'limit':4}}}",
              event -> event.type().equals("m.room.message"),
              false,
              true),
          new Style(
              "archivist",
              "{'room':{'include_leave':true,'timeline':{'limit':5,'lazy_load_members':true},"
                  + "'state':{'lazy_load_members':true,'include_redundant_members':true}}}",
              Style::all,
              true,
              false),
          new Style(
              "no reactions",
              "{'room':{'timeline':{'not_types':['m.reaction','org.model.*'],'limit':1},"
                  + "'include_leave':true}}",
              event -> !event.type().equals("m.reaction") && !event.type().startsWith("org.model."),
              false,
              true),
          new Style(
              "lazy and short",
              "{'room':{'state':{'lazy_load_members':true},'timeline':{'limit':3}}}",
              Style::all,
              true,
              true));

  static final List<Style> SLIDING =
      List.of(
          new Style(
              "sliding",
              "'timeline_limit':6,'required_state':[['*','*']]",
              Style::all,
              false,
              true),
          new Style(
              "sliding and lazy",
              "'timeline_limit':2,'required_state':[['*','*'],['m.room.member','$LAZY']]",
              Style::all,
              true,
              true));

  private static boolean all(Told event) {
    return true;
  }

  /** Whether timelines leave nothing out. */
  boolean wantsAll() {
    return pageFilter().equals("{}");
  }

  /** Whether it counts what is unread by thread. */
  boolean byThread() {
    return filter.contains("unread_thread_notifications");
  }

  /** The part of the filter that {@code /messages} understands. */
  String pageFilter() {
    return switch (name) {
      case "messages only" -> "{'types':['m.room.message']}";
      case "no reactions" -> "{'not_types':['m.reaction','org.model.*']}";
      default -> "{}";
    };
  }
}
