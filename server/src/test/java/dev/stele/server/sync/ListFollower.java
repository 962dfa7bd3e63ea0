package dev.stele.server.sync;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.errorprone.annotations.CanIgnoreReturnValue;
import dev.stele.server.encryption.TestDevice;
import java.util.Set;
import java.util.TreeSet;

/** A user who follows whose devices change. */
final class ListFollower {
  private final Follower follower;

  ListFollower(Follower follower) {
    this.follower = follower;
  }

  /** Whose devices changed, and with whom no room is shared any more. */
  record Lists(Set<String> changed, Set<String> left) {
    static Lists of(JsonNode json) {
      return new Lists(texts(json.path("changed")), texts(json.path("left")));
    }

    private static Set<String> texts(JsonNode array) {
      Set<String> texts = new TreeSet<>();
      array.forEach(text -> texts.add(text.asText()));
      return texts;
    }
  }

  Follower follower() {
    return follower;
  }

  String id() {
    return follower.id();
  }

  /** What /sync tells, which is what /keys/changes tells of the same time. */
  @CanIgnoreReturnValue
  Lists news() {
    String from = follower.token();
    Lists news = Lists.of(follower.sync().path("device_lists"));
    assertThat(changes(from, follower.token())).isEqualTo(news);
    return news;
  }

  Lists changes(String from, String to) {
    return Lists.of(follower.client().get("/keys/changes?from=" + from + "&to=" + to).ok());
  }

  /** Changes the devices of the user. */
  static void renew(Follower follower) {
    withKeys(follower);
  }

  /** Another device of the user, which has keys. */
  @CanIgnoreReturnValue
  static Follower withKeys(Follower follower) {
    Follower device = follower.otherDevice();
    new TestDevice(device.client()).published();
    return device;
  }
}
