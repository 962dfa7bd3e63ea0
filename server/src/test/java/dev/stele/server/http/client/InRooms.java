package dev.stele.server.http.client;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;

/** What tests of rooms begin with: one server for a class, and three people. */
@TestInstance(Lifecycle.PER_CLASS)
abstract class InRooms {
  RoomServer server;
  TestUser alice;
  TestUser bob;
  TestUser carol;

  @BeforeAll
  void start() {
    server = new RoomServer();
    alice = server.user("alice");
    bob = server.user("bob");
    carol = server.user("carol");
  }

  @AfterAll
  void stop() {
    server.close();
  }
}
