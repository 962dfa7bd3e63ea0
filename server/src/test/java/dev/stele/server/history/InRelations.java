package dev.stele.server.history;

import static dev.stele.server.history.Person.encode;

import com.fasterxml.jackson.databind.JsonNode;

/** What tests of events that relate to others begin with: a room of a test's own. */
abstract class InRelations extends InThePast {
  private int rooms;

  /** A public room of Alice's, in which Bob is. */
  String room() {
    String room = alice.publicRoom("shared");
    bob.join(room);
    rooms++;
    return room;
  }

  /** Somebody whom no other test knows. */
  Person person(String name) {
    return Person.of(server, name + rooms);
  }

  static JsonNode relations(Person who, String room, String event, String rest) {
    return who.v1(room, "/relations/" + encode(event) + rest).ok();
  }

  static JsonNode event(Person who, String room, String event) {
    return who.in(room, "/event/" + encode(event)).ok();
  }

  /** What an event tells of those that relate to it. */
  static JsonNode bundle(Person who, String room, String event) {
    return event(who, room, event).path("unsigned").path("m.relations");
  }
}
