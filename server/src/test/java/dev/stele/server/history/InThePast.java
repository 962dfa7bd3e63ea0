package dev.stele.server.history;

import dev.stele.server.testing.TestServer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;

/** What tests of reading the past begin with: one server for a class, Alice and Bob. */
@TestInstance(Lifecycle.PER_CLASS)
abstract class InThePast {
  TestServer server;
  Person alice;
  Person bob;

  @BeforeAll
  void start() {
    server = new TestServer();
    alice = Person.of(server, "alice");
    bob = Person.of(server, "bob");
  }

  @AfterAll
  void stop() {
    server.close();
  }
}
