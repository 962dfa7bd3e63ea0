package dev.stele.server.sync;

import dev.stele.server.testing.TestServer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;

/**
 * What most tests of following begin with: one server for a class; for each test Alice, a room of
 * hers, and Bob, who is in it and knows it.
 */
@TestInstance(Lifecycle.PER_CLASS)
abstract class Meeting {
  TestServer server;
  Follower alice;
  Follower bob;
  String room;
  private int meetings;

  @BeforeAll
  void start() {
    server = newServer();
  }

  TestServer newServer() {
    return new TestServer();
  }

  @AfterAll
  void stop() {
    server.close();
  }

  @BeforeEach
  void meet() {
    meetings++;
    alice = person("alice");
    bob = person("bob");
    room = newRoom();
    bob.join(room);
    begin();
  }

  /** The room that Alice makes. */
  String newRoom() {
    return alice.createRoom("{'preset':'public_chat'}");
  }

  /** What Bob does before the test. */
  void begin() {
    bob.sync();
  }

  /** Somebody whom no other test knows. */
  Follower person(String name) {
    return Follower.register(server, name + meetings);
  }
}
