package dev.stele.server.http.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;

final class TurnTest {
  @Test
  void turnServer_none_isAnEmptyObject() {
    try (AccountServer server = new AccountServer("")) {
      String alice = server.register("alice").token();

      assertThat(server.get("/voip/turnServer", alice).json()).isEmpty();
      assertThat(server.get("/voip/turnServer", null).error()).isEqualTo("401 M_MISSING_TOKEN");
    }
  }

  @Test
  void turnServer_withSharedSecret_givesCredentialsOfTheUser() throws Exception {
    try (AccountServer server =
        new AccountServer(
            "turn: { uris: [\"turn:turn.example.org?transport=udp\"], shared_secret: s3cret,"
                + " lifetime: 1h }\n")) {
      String alice = server.register("alice").token();
      long now = System.currentTimeMillis() / 1000;

      var answer = server.get("/voip/turnServer", alice);

      assertThat(answer.json().path("ttl").asLong()).isEqualTo(3600);
      assertThat(answer.json().at("/uris/0").asText())
          .isEqualTo("turn:turn.example.org?transport=udp");
      String username = answer.text("username");
      assertThat(username).endsWith(":@alice:hs1");
      assertThat(Long.parseLong(username.substring(0, username.indexOf(':'))))
          .isBetween(now + 3600, now + 3700);
      Mac hmac = Mac.getInstance("HmacSHA1");
      hmac.init(new SecretKeySpec("s3cret".getBytes(StandardCharsets.UTF_8), "HmacSHA1"));
      assertThat(answer.text("password"))
          .isEqualTo(
              Base64.getEncoder()
                  .encodeToString(hmac.doFinal(username.getBytes(StandardCharsets.UTF_8))));
    }
  }
}
