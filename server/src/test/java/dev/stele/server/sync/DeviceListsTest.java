package dev.stele.server.sync;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.stele.server.sync.ListFollower.Lists;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whose devices /sync and /keys/changes tell to look at anew. */
final class DeviceListsTest extends Meeting {
  private static final Lists NOTHING = new Lists(Set.of(), Set.of());
  private Follower carol;
  private ListFollower lists;

  /** Alice follows; Bob is in a room with her, and Carol is not. */
  @Override
  void begin() {
    carol = person("carol");
    alice.sync();
    lists = new ListFollower(alice);
  }

  @Test
  void changedDevices_areToldToThoseWhoShareARoom() {
    ListFollower.renew(bob);
    ListFollower.renew(carol);

    assertThat(lists.news()).isEqualTo(changed(bob));
    assertThat(lists.news()).isEqualTo(NOTHING);
  }

  @Test
  void keysThatGo_orAreCalledOtherwise_areTold_andDevicesWithoutKeysAreNot() {
    Follower known = ListFollower.withKeys(bob);
    Follower unknown = bob.otherDevice();
    alice.sync();

    rename(unknown);
    unknown.client().post("/logout", "{}").ok();
    assertThat(lists.news()).isEqualTo(NOTHING);
    rename(known);
    assertThat(lists.news()).isEqualTo(changed(bob));
    known.client().post("/logout", "{}").ok();
    assertThat(lists.news()).isEqualTo(changed(bob));
  }

  @Test
  void logoutEverywhere_isTold_ifAnyDeviceHadKeys() {
    carol.join(room);
    ListFollower.withKeys(bob);
    alice.sync();

    bob.client().post("/logout/all", "{}").ok();
    carol.client().post("/logout/all", "{}").ok();

    assertThat(lists.news()).isEqualTo(changed(bob));
  }

  private static void rename(Follower device) {
    String id = device.client().get("/account/whoami").ok().path("device_id").asText();
    device.client().put("/devices/" + id, "{'display_name':'New name'}").ok();
  }

  @Test
  void waitingPoll_isNotWoken_byADeviceWithoutKeys() {
    Follower tablet = bob.otherDevice();
    CompletableFuture<JsonNode> poll = alice.poll();

    tablet.client().post("/logout", "{}").ok();
    bob.say(room, "the next thing");

    JsonNode told = poll.join();
    assertThat(told.has("device_lists")).isFalse();
    assertThat(Follower.bodies(Follower.joined(told, room))).containsExactly("the next thing");
  }

  @Test
  void ownChange_isTold_evenToOneself() {
    ListFollower.renew(alice);

    assertThat(lists.news()).isEqualTo(changed(alice));
  }

  @Test
  void comingIntoARoom_isToldBothWays() {
    ListFollower carols = new ListFollower(carol);
    carol.sync();

    carol.join(room);

    assertThat(lists.news()).isEqualTo(changed(carol));
    assertThat(carols.news()).isEqualTo(changed(alice, bob));
  }

  @ParameterizedTest
  @ValueSource(strings = {"leave", "kick", "ban"})
  void going_isToldBothWays(String how) {
    ListFollower bobs = new ListFollower(bob);
    bob.sync();
    if (how.equals("leave")) {
      bob.leave(room);
    } else {
      alice.change(room, how, bob);
    }

    assertThat(lists.news()).isEqualTo(left(bob));
    assertThat(bobs.news()).isEqualTo(left(alice));
    ListFollower.renew(bob);
    assertThat(lists.news()).isEqualTo(NOTHING);
  }

  @Test
  void going_isNotTold_whileAnotherRoomIsShared() {
    String second = alice.createRoom("{'preset':'public_chat'}");
    bob.join(second);
    alice.sync();

    bob.leave(room);

    assertThat(lists.news()).isEqualTo(NOTHING);
    ListFollower.renew(bob);
    assertThat(lists.news()).isEqualTo(changed(bob));
    alice.leave(second);
    assertThat(lists.news()).isEqualTo(left(bob));
  }

  @Test
  void goingAndComingBack_betweenTwoPolls_isNoNews_butWhatChangedMeanwhileIs() {
    bob.leave(room);
    bob.join(room);
    assertThat(lists.news()).isEqualTo(NOTHING);

    bob.leave(room);
    ListFollower.renew(bob);
    bob.join(room);
    assertThat(lists.news()).isEqualTo(changed(bob));
  }

  @Test
  void comingBack_afterAPoll_isTold() {
    bob.leave(room);
    lists.news();
    ListFollower.renew(bob);
    bob.join(room);

    assertThat(lists.news()).isEqualTo(changed(bob));
  }

  @Test
  void comingAndGoing_betweenTwoPolls_isNoNews() {
    carol.join(room);
    carol.leave(room);

    assertThat(lists.news()).isEqualTo(NOTHING);
  }

  @Test
  void invitesAndNewNames_areNoNews() {
    alice.change(room, "invite", carol);
    bob.rename("Robert");
    carol.rename("Caroline");
    ListFollower.renew(carol);

    assertThat(lists.news()).isEqualTo(NOTHING);
  }

  @Test
  void initialSync_tellsOfNobody() {
    ListFollower.renew(bob);

    assertThat(alice.anew().sync().has("device_lists")).isFalse();
  }

  @Test
  void whatHappenedBeforeARestart_isTold() {
    Follower dave = person("dave");
    dave.join(room);
    alice.sync();
    bob.leave(room);
    carol.join(room);
    ListFollower.renew(dave);
    server.restart();

    assertThat(lists.news()).isEqualTo(new Lists(Set.of(carol.id(), dave.id()), Set.of(bob.id())));
  }

  @Test
  void waitingPoll_isWoken_byTheDevicesOfWhoDoesNotPoll() {
    Follower tablet = ListFollower.withKeys(bob);
    alice.sync();
    CompletableFuture<JsonNode> poll = alice.poll();

    tablet.client().post("/logout", "{}").ok();

    assertThat(Lists.of(poll.join().path("device_lists"))).isEqualTo(changed(bob));
  }

  @Test
  void waitingPoll_isToldOfWhoGoes() {
    CompletableFuture<JsonNode> poll = alice.poll();

    bob.leave(room);

    assertThat(Lists.of(poll.join().path("device_lists"))).isEqualTo(left(bob));
  }

  @Test
  void keyChanges_withoutTokensOfThisServer_isRefused() {
    var client = alice.client();
    String token = alice.token();
    String path = "/keys/changes?";

    assertThat(client.get(path + "from=" + token).error()).isEqualTo("400 M_MISSING_PARAM");
    assertThat(client.get(path + "to=" + token).error()).isEqualTo("400 M_MISSING_PARAM");
    assertThat(client.get(path + "from=nonsense&to=" + token).error())
        .isEqualTo("400 M_INVALID_PARAM");
    assertThat(client.get(path + "from=" + token + "&to=t1_2").error())
        .isEqualTo("400 M_INVALID_PARAM");
    assertThat(client.get(path + "from=s999999999_0&to=s999999999_0").error())
        .isEqualTo("400 M_INVALID_PARAM");
    assertThat(client.get(path + "from=" + token + "&to=s1_0").error())
        .isEqualTo("400 M_INVALID_PARAM");
    assertThat(server.anonymous().get(path + "from=s1_0&to=s1_0").error())
        .isEqualTo("401 M_MISSING_TOKEN");
  }

  private static Lists changed(Follower... whose) {
    return new Lists(ids(whose), Set.of());
  }

  private static Lists left(Follower... who) {
    return new Lists(Set.of(), ids(who));
  }

  private static Set<String> ids(Follower... followers) {
    Set<String> ids = new TreeSet<>();
    for (Follower follower : followers) {
      ids.add(follower.id());
    }
    return ids;
  }
}
