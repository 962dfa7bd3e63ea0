package dev.stele.server.http.client;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import dev.stele.server.http.client.AccountServer.Answer;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

final class SharedSecretTest {
  private static final String PATH = "/_synapse/admin/v1/register";
  private static AccountServer server;

  @BeforeAll
  static void start() {
    server =
        new AccountServer(
            """
            registration: { enabled: false, shared_secret: "for tests" }
            """);
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @Test
  void register_openRegistrationDisabled_isForbidden() {
    assertThat(server.register("anybody").error()).isEqualTo("403 M_FORBIDDEN");
  }

  @Test
  void register_rightMac_makesAnAccountThatIsLoggedIn() throws Exception {
    String nonce = nonce();

    Answer answer = register(nonce, "root", true, mac(nonce, "root", "admin"));

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.text("user_id")).isEqualTo("@root:hs1");
    assertThat(server.get("/account/whoami", answer.token()).text("user_id"))
        .isEqualTo("@root:hs1");
  }

  @Test
  void register_macOfAnotherRole_isForbidden() throws Exception {
    String nonce = nonce();

    assertThat(register(nonce, "sneaky", true, mac(nonce, "sneaky", "notadmin")).error())
        .isEqualTo("403 M_FORBIDDEN");
  }

  @Test
  void register_nonceTwice_isRefused() throws Exception {
    String nonce = nonce();
    register(nonce, "first", false, mac(nonce, "first", "notadmin"));

    assertThat(register(nonce, "second", false, mac(nonce, "second", "notadmin")).error())
        .isEqualTo("400 M_INVALID_PARAM");
  }

  @Test
  void register_nameTaken_isUserInUse() throws Exception {
    String nonce = nonce();
    register(nonce, "twice", false, mac(nonce, "twice", "notadmin"));
    String other = nonce();

    assertThat(register(other, "twice", false, mac(other, "twice", "notadmin")).error())
        .isEqualTo("400 M_USER_IN_USE");
  }

  @Test
  void register_missingField_isMissingParam() {
    assertThat(server.post(PATH, null, "{\"nonce\": \"n\"}").error())
        .isEqualTo("400 M_MISSING_PARAM");
  }

  private static String nonce() {
    return server.get(PATH, null).text("nonce");
  }

  @CanIgnoreReturnValue
  private static Answer register(String nonce, String username, boolean admin, String mac) {
    return server.post(
        PATH,
        null,
        """
        {"nonce": "%s", "username": "%s", "password": "pw", "admin": %b, "mac": "%s"}
        """
            .formatted(nonce, username, admin, mac));
  }

  private static String mac(String nonce, String username, String role) throws Exception {
    Mac hmac = Mac.getInstance("HmacSHA1");
    hmac.init(new SecretKeySpec("for tests".getBytes(StandardCharsets.UTF_8), "HmacSHA1"));
    String text = nonce + "\0" + username + "\0pw\0" + role;
    return HexFormat.of().formatHex(hmac.doFinal(text.getBytes(StandardCharsets.UTF_8)));
  }
}
