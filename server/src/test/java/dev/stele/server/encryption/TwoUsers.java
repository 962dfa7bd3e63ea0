package dev.stele.server.encryption;

import dev.stele.server.testing.TestServer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;

/**
 * What tests of others' keys begin with: one server for a class; for each test Alice, who has
 * published her identity keys, and Bob, who has not.
 */
@TestInstance(Lifecycle.PER_CLASS)
abstract class TwoUsers {
  TestServer server;
  TestDevice alice;
  TestDevice bob;

  @BeforeAll
  void start() {
    server = new TestServer();
  }

  @AfterAll
  void stop() {
    server.close();
  }

  @BeforeEach
  void register() {
    alice = TestDevice.register(server).published();
    bob = TestDevice.register(server);
  }
}
