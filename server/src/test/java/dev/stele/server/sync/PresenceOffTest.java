package dev.stele.server.sync;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stele.server.testing.TestServer;
import org.junit.jupiter.api.Test;

/** A server whose operator wants no presence. */
final class PresenceOffTest extends Meeting {
  @Override
  TestServer newServer() {
    return new TestServer("presence: { enabled: false }");
  }

  @Test
  void nobody_isEverOnline_andNobodyIsTold() {
    String path = "/presence/" + alice.id() + "/status";
    alice.sync("&set_presence=online");

    alice.client().put(path, "{'presence':'online','status_msg':'here'}").ok();
    alice.say(room, "active");

    assertThat(bob.sync().has("presence")).isFalse();
    assertThat(bob.anew().sync().has("presence")).isFalse();
    var status = bob.client().get(path).ok();
    assertThat(status.path("presence").asText()).isEqualTo("offline");
    assertThat(status.has("status_msg")).isFalse();
    assertThat(status.has("last_active_ago")).isFalse();
  }
}
