package dev.stele.server.sync;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stele.server.testing.TestServer.Answer;
import dev.stele.server.testing.TestServer.Client;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A request that waits is refused as soon as its access token is void. */
final class VoidTokenTest extends Meeting {
  private static final String SLIDING =
      "/_matrix/client/unstable/org.matrix.simplified_msc3575/sync";

  /** The requests that wait. */
  enum Poll {
    SYNC,
    SLIDING_SYNC,
    EVENTS
  }

  /** A device with tokens that can be refreshed. */
  private Answer logIn(String more) {
    return server
        .anonymous()
        .post(
            "/login",
            "{'type':'m.login.password','user':'"
                + bob.id()
                + "','password':'password','refresh_token':true"
                + more
                + "}");
  }

  private Client client(Answer tokens) {
    return new Client(server, bob.id(), tokens.ok().path("access_token").asText());
  }

  private Answer refresh(Answer tokens) {
    String token = tokens.ok().path("refresh_token").asText();
    return server.anonymous().post("/refresh", "{'refresh_token':'" + token + "'}");
  }

  /** Begins a request that finds nothing to tell, and so waits. */
  private CompletableFuture<Answer> begin(Poll poll, Client client) {
    return switch (poll) {
      case SYNC -> {
        String since = client.get("/sync").ok().path("next_batch").asText();
        int before = server.waitingPolls();
        yield waiting(
            client.getLater("/sync?timeout=60000&since=" + since + Follower.PAST_PRESENCE),
            "stele_sync_waiting",
            before);
      }
      case SLIDING_SYNC -> {
        String pos = client.post(SLIDING, "{}").ok().path("pos").asText();
        int before = server.waitingPolls();
        yield waiting(
            client.postLater(SLIDING + "?timeout=60000&pos=" + pos, "{}"),
            "stele_sync_waiting",
            before);
      }
      case EVENTS -> {
        double before = server.metric("stele_room_watch_waiting");
        yield waiting(client.getLater("/events?timeout=60000"), "stele_room_watch_waiting", before);
      }
    };
  }

  private CompletableFuture<Answer> waiting(
      CompletableFuture<Answer> poll, String metric, double before) {
    while (server.metric(metric) <= before) {
      assertThat(poll).isNotDone();
      Thread.onSpinWait();
    }
    return poll;
  }

  private static void assertOver(CompletableFuture<Answer> poll, boolean soft) {
    assertThat(poll.join().error()).isEqualTo("401 M_UNKNOWN_TOKEN");
    assertThat(poll.join().json().path("soft_logout").asBoolean()).isEqualTo(soft);
  }

  @ParameterizedTest
  @EnumSource
  void poll_ofADeviceThatIsLoggedOut_ends(Poll kind) {
    Answer device = logIn("");
    var poll = begin(kind, client(device));

    client(device).post("/logout", "{}").ok();

    assertOver(poll, false);
  }

  @ParameterizedTest
  @EnumSource
  void poll_whoseTokenIsReplaced_endsWithTheFirstUseOfTheNext(Poll kind) {
    Answer old = logIn("");
    var poll = begin(kind, client(old));

    Answer next = refresh(old);
    assertThat(client(old).get("/account/whoami").status()).isEqualTo(200);
    assertThat(poll).isNotDone();
    assertThat(client(next).get("/account/whoami").status()).isEqualTo(200);
    assertOver(poll, true);

    var following = begin(kind, client(next));
    assertThat(following).isNotDone();
    client(next).post("/logout", "{}").ok();
    assertOver(following, false);
  }

  @Test
  void poll_whoseTokenIsReplaced_endsWithTheUseOfTheNextRefreshToken() {
    Answer old = logIn("");
    var poll = begin(Poll.SYNC, client(old));

    Answer last = refresh(refresh(old));

    assertOver(poll, true);
    assertThat(client(last).get("/account/whoami").status()).isEqualTo(200);
  }

  @Test
  void poll_ofADeviceThatLogsInAnew_ends() {
    var poll = begin(Poll.SYNC, client(logIn(",'device_id':'PHONE'")));

    Answer again = logIn(",'device_id':'PHONE'");

    assertOver(poll, true);
    assertThat(client(again).get("/sync").status()).isEqualTo(200);
  }
}
