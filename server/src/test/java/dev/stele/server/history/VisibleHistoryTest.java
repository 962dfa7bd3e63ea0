package dev.stele.server.history;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stele.server.projection.EventRow;
import dev.stele.server.projection.StateRow;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Positions are those of one room: 1 is its beginning. */
class VisibleHistoryTest {
  private static final long NOW = Long.MAX_VALUE - 1;

  @Test
  void canSee_shared_isEverythingForAMemberOfWhateverTime() {
    VisibleHistory history = history(states(), states("shared", 2));
    VisibleHistory member = history(states("join", 10), states("shared", 2));

    assertThat(history.reaches(5)).isFalse();
    assertThat(member.reaches(5)).isTrue();
    assertThat(member.reaches(15)).isTrue();
  }

  @Test
  void canSee_leftRoom_endsWithTheDeparture() {
    VisibleHistory history = history(states("join", 10, "leave", 20), states("shared", 2));

    assertThat(history.reaches(5)).isTrue();
    assertThat(history.reaches(19)).isTrue();
    assertThat(history.reaches(20)).as("the departure itself").isTrue();
    assertThat(history.reaches(21)).isFalse();
    assertThat(history.lastPosition()).isEqualTo(20);
  }

  @Test
  void canSee_banned_endsWithTheBan() {
    VisibleHistory history = history(states("join", 10, "ban", 20), states("shared", 2));

    assertThat(history.reaches(20)).isTrue();
    assertThat(history.reaches(21)).isFalse();
    assertThat(history.membership()).isEqualTo("ban");
  }

  @Test
  void canSee_joinedVisibility_beginsWithTheJoin() {
    VisibleHistory history = history(states("invite", 8, "join", 10), states("joined", 2));

    assertThat(history.reaches(7)).isFalse();
    assertThat(history.reaches(9)).isFalse();
    assertThat(history.reaches(10)).isTrue();
    assertThat(history.reaches(11)).isTrue();
  }

  @Test
  void canSee_invitedVisibility_beginsWithTheInvite() {
    VisibleHistory history = history(states("invite", 8, "join", 10), states("invited", 2));

    assertThat(history.reaches(7)).isFalse();
    assertThat(history.reaches(8)).isTrue();
    assertThat(history.reaches(9)).isTrue();
  }

  @Test
  void canSee_invitedVisibility_isNothingForWhoeverDoesNotJoin() {
    List<StateRow> invited = states("invited", 2);

    assertThat(history(states("invite", 8), invited).reaches(9)).isFalse();
    assertThat(history(states("invite", 8), invited).reaches(8)).as("the invite").isFalse();
    assertThat(history(states("invite", 8, "leave", 10), invited).reaches(9)).isFalse();
    assertThat(history(states("join", 3, "leave", 5, "invite", 8), invited).reaches(9)).isFalse();
    assertThat(history(states("invite", 8, "leave", 10, "join", 12), invited).reaches(9)).isTrue();
  }

  @Test
  void canSee_worldReadable_isForEverybodyWhileItLasts() {
    VisibleHistory stranger = history(states(), states("world_readable", 2, "joined", 10));

    assertThat(stranger.reaches(5)).isTrue();
    assertThat(stranger.reaches(10)).as("the change itself").isTrue();
    assertThat(stranger.reaches(11)).isFalse();
    assertThat(stranger.stateReadableAt()).isEmpty();
  }

  @Test
  void canSee_betweenTwoStays_onlyIfShared() {
    List<StateRow> stays = states("join", 5, "leave", 10, "join", 20);

    assertThat(history(stays, states("shared", 2)).reaches(15)).isTrue();
    assertThat(history(stays, states("joined", 2)).reaches(15)).isFalse();
    assertThat(history(stays, states("invited", 2)).reaches(15)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "secret", "SHARED"})
  void canSee_unknownVisibility_isShared(String visibility) {
    VisibleHistory history = history(states("join", 10), states(visibility, 2));

    assertThat(history.reaches(5)).isTrue();
  }

  @Test
  void canSee_onlyInvited_seesNothingOfASharedRoom() {
    VisibleHistory history = history(states("invite", 10), states("shared", 2));

    assertThat(history.reaches(5)).isFalse();
    assertThat(history.reaches(11)).isFalse();
    assertThat(history.stateReadableAt()).isEmpty();
  }

  @Test
  void stateReadableAt_followsTheMembership() {
    List<StateRow> shared = states("shared", 2);

    assertThat(history(states(), shared).stateReadableAt()).isEmpty();
    assertThat(history(states("join", 10), shared).stateReadableAt()).hasValue(NOW);
    assertThat(history(states("join", 10, "leave", 20), shared).stateReadableAt()).hasValue(20);
    assertThat(history(states("ban", 10), shared).stateReadableAt()).isEmpty();
    assertThat(history(states("join", 3, "leave", 5, "invite", 9), shared).stateReadableAt())
        .hasValue(5);
    assertThat(history(states(), states("world_readable", 2)).stateReadableAt()).hasValue(NOW);
  }

  @Test
  void ignored_areUnseen_butTheirStateIsNot() {
    VisibleHistory history = history(states("join", 1), states("shared", 2));

    assertThat(history.canSee(event("@a:hs", null))).isTrue();
    assertThat(history.canSee(event("@troll:hs", null))).isFalse();
    assertThat(history.canSee(event("@troll:hs", ""))).isTrue();
  }

  private static EventRow event(String sender, String stateKey) {
    return new EventRow("$5", 5, 5, "m.room.name", sender, stateKey, null);
  }

  private static VisibleHistory history(List<StateRow> memberships, List<StateRow> visibilities) {
    return new VisibleHistory(memberships, visibilities, Set.of("@troll:hs"));
  }

  /** Rows of values, each followed by the position at which it begins. */
  private static List<StateRow> states(Object... valuesAndPositions) {
    List<StateRow> rows = new ArrayList<>();
    for (int i = 0; i < valuesAndPositions.length; i += 2) {
      String value = (String) valuesAndPositions[i];
      long since = (Integer) valuesAndPositions[i + 1];
      long until =
          i + 3 < valuesAndPositions.length ? (Integer) valuesAndPositions[i + 3] : Long.MAX_VALUE;
      rows.add(new StateRow("t", "k", since, until, "$" + since, since, "@a:hs", value, null));
    }
    return rows;
  }
}
