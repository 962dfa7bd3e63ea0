package dev.stele.server.http.client;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.Test;

final class VersionsTest {
  @Test
  void versions_areOpenAndReachTheNewest() {
    try (AccountServer server = new AccountServer("")) {
      JsonNode versions = server.get("/_matrix/client/versions", null).json().path("versions");

      assertThat(versions).extracting(JsonNode::asText).contains("r0.6.1", "v1.1", "v1.19");
      assertThat(server.get("/.well-known/matrix/client", null).error())
          .isEqualTo("404 M_NOT_FOUND");
      assertThat(server.get("/capabilities", null).error()).isEqualTo("401 M_MISSING_TOKEN");
    }
  }

  @Test
  void capabilities_followTheSettings() {
    String settings =
        """
        public_base_url: https://matrix.example.org/
        default_room_version: "10"
        """;
    try (AccountServer server = new AccountServer(settings)) {
      String token = server.register("alice").token();

      JsonNode capabilities = server.get("/capabilities", token).json().path("capabilities");

      assertThat(capabilities.at("/m.room_versions/default").asText()).isEqualTo("10");
      assertThat(capabilities.at("/m.room_versions/available"))
          .hasSize(12)
          .allMatch(stability -> stability.asText().equals("stable"));
      assertThat(capabilities.at("/m.change_password/enabled").asBoolean(true)).isFalse();
      assertThat(
              server
                  .get("/.well-known/matrix/client", null)
                  .json()
                  .at("/m.homeserver/base_url")
                  .asText())
          .isEqualTo("https://matrix.example.org");
    }
  }
}
