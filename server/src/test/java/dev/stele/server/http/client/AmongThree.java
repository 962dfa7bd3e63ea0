package dev.stele.server.http.client;

import dev.stele.server.testing.TestServer;
import dev.stele.server.testing.TestServer.Client;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;

/** What tests of a whole server begin with: one for a class, and three people on it. */
@TestInstance(Lifecycle.PER_CLASS)
abstract class AmongThree {
  TestServer server;
  Client alice;
  Client bob;
  Client carol;

  @BeforeAll
  void start() {
    server = new TestServer();
    alice = server.register("alice");
    bob = server.register("bob");
    carol = server.register("carol");
  }

  @AfterAll
  void stop() {
    server.close();
  }
}
