package dev.stele.stateres.resolve;

import static dev.stele.stateres.TestRoom.ALICE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.stele.stateres.TestRoom;
import dev.stele.stateres.TestRoom.Line;
import dev.stele.stateres.event.EventType;
import dev.stele.stateres.version.RoomVersion;
import org.junit.jupiter.api.Test;

final class AuthGraphTest {
  private final TestRoom room = new TestRoom(RoomVersion.V11);
  private final Line line = room.levels(room.create(), ALICE, 100, 50);
  private final String create = line.get(EventType.CREATE, "");
  private final String join = line.get(EventType.MEMBER, ALICE);
  private final String levels = line.get(EventType.POWER_LEVELS, "");

  @Test
  void close_knownEvents_areNumberedAboveWhatTheyRestOn() {
    var graph = new AuthGraph(room);
    int number = graph.close(levels);

    assertThat(number)
        .isEqualTo(2)
        .isEqualTo(graph.numberOf(levels))
        .isEqualTo(graph.close(levels));
    assertThat(graph.authEvents(number))
        .containsExactlyInAnyOrder(graph.numberOf(create), graph.numberOf(join));
    assertThat(graph.authEvents(graph.numberOf(create))).isEmpty();
    assertThat(graph.size()).isEqualTo(3);
  }

  @Test
  void close_unknownEvent_hasNoNumber() {
    var graph = new AuthGraph(id -> null);

    assertThat(graph.close("$gone")).isEqualTo(-1);
    assertThat(graph.close("$gone")).isEqualTo(-1);
    assertThat(graph.size()).isZero();
  }

  @Test
  void close_eventOnAnUnknownOne_hasNoEdgeThere() {
    var graph = new AuthGraph(id -> id.equals(join) ? null : room.get(id));
    int number = graph.close(levels);

    assertThat(graph.authEvents(number)).containsExactly(graph.numberOf(create));
    assertThat(graph.close(join)).isEqualTo(-1);
    assertThat(graph.numberOf(join)).isEqualTo(-1);
    assertThat(graph.size()).isEqualTo(2);
  }
}
