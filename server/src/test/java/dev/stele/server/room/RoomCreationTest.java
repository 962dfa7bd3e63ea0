package dev.stele.server.room;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.stele.server.record.AliasCreated;
import dev.stele.server.record.RoomPublished;
import dev.stele.stateres.event.Pdu;
import dev.stele.stateres.version.RoomVersion;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RoomCreationTest {
  private static final String CREATOR = "@alice:s";
  private static final String INVITEE = "@bob:s";

  @Test
  void command_everyWish_isInTheOrderOfTheSpecification() {
    Wishes wishes = new Wishes();
    wishes.alias = "#room:s";
    wishes.name = "Name";
    wishes.topic = "Topic";
    wishes.invited = List.of(INVITEE);
    wishes.initialState = List.of(new NewRoom.Piece("m.room.encryption", "", json("{}")));

    assertThat(wishes.drafts())
        .extracting(EventDraft::type)
        .containsExactly(
            "m.room.member",
            "m.room.power_levels",
            "m.room.canonical_alias",
            "m.room.join_rules",
            "m.room.history_visibility",
            "m.room.guest_access",
            "m.room.encryption",
            "m.room.name",
            "m.room.topic",
            "m.room.member");
  }

  @ParameterizedTest
  @CsvSource({
    "PRIVATE_CHAT, invite, can_join",
    "TRUSTED_PRIVATE_CHAT, invite, can_join",
    "PUBLIC_CHAT, public, forbidden"
  })
  void command_preset_setsItsState(RoomPreset preset, String joinRule, String guestAccess) {
    Wishes wishes = new Wishes();
    wishes.preset = preset;

    assertThat(wishes.content("m.room.join_rules"))
        .isEqualTo(json("{'join_rule':'" + joinRule + "'}"));
    assertThat(wishes.content("m.room.history_visibility"))
        .isEqualTo(json("{'history_visibility':'shared'}"));
    assertThat(wishes.content("m.room.guest_access"))
        .isEqualTo(json("{'guest_access':'" + guestAccess + "'}"));
  }

  @Test
  void command_initialStateOfThePresetsTypes_takesItsPlace() {
    Wishes wishes = new Wishes();
    ObjectNode joined = json("{'history_visibility':'joined'}");
    wishes.initialState = List.of(new NewRoom.Piece("m.room.history_visibility", "", joined));

    assertThat(wishes.drafts())
        .filteredOn(draft -> draft.type().equals("m.room.history_visibility"))
        .singleElement()
        .extracting(EventDraft::content)
        .isEqualTo(joined);
  }

  @Test
  void command_profiles_areInMemberEvents() {
    Wishes wishes = new Wishes();
    wishes.invited = List.of(INVITEE);
    wishes.direct = true;
    wishes.profiles =
        Map.of(
            CREATOR, json("{'displayname':'Alice'}"),
            INVITEE, json("{'displayname':'Bob','avatar_url':'mxc://s/b'}"));

    assertThat(wishes.member(CREATOR))
        .isEqualTo(json("{'displayname':'Alice','membership':'join'}"));
    assertThat(wishes.member(INVITEE))
        .isEqualTo(
            json(
                "{'displayname':'Bob','avatar_url':'mxc://s/b','membership':'invite',"
                    + "'is_direct':true}"));
  }

  @Test
  void command_topic_hasAPlainTextForm() {
    Wishes wishes = new Wishes();
    wishes.topic = "On <b>steles</b>";

    assertThat(wishes.content("m.room.topic"))
        .isEqualTo(
            json(
                "{'topic':'On <b>steles</b>','m.topic':{'m.text':["
                    + "{'body':'On <b>steles</b>','mimetype':'text/plain'}]}}"));
  }

  @Test
  void powerLevels_untilVersion11_listTheCreator() {
    Wishes wishes = new Wishes();
    wishes.version = RoomVersion.V11;

    ObjectNode levels = wishes.content("m.room.power_levels");

    assertThat(levels.get("users")).isEqualTo(json("{'@alice:s':100}"));
    assertThat(levels.path("events").path("m.room.tombstone").intValue()).isEqualTo(100);
  }

  @Test
  void powerLevels_fromVersion12_listNoCreatorAndKeepTheTombstoneForCreators() {
    Wishes wishes = new Wishes();
    wishes.version = RoomVersion.V12;

    ObjectNode levels = wishes.content("m.room.power_levels");

    assertThat(levels.get("users")).isEmpty();
    assertThat(levels.path("events").path("m.room.tombstone").intValue())
        .isGreaterThan(levels.path("state_default").intValue())
        .isEqualTo(150);
  }

  @Test
  void powerLevels_override_liesOnTop() {
    Wishes wishes = new Wishes();
    wishes.powerLevels = json("{'invite':75,'events':{'m.room.name':10}}");

    ObjectNode levels = wishes.content("m.room.power_levels");

    assertThat(levels.path("invite").intValue()).isEqualTo(75);
    assertThat(levels.get("events")).isEqualTo(json("{'m.room.name':10}"));
    assertThat(levels.path("ban").intValue()).isEqualTo(50);
  }

  @Test
  void trusted_untilVersion11_givesInviteesTheCreatorsLevel() {
    Wishes wishes = new Wishes();
    wishes.version = RoomVersion.V10;
    wishes.preset = RoomPreset.TRUSTED_PRIVATE_CHAT;
    wishes.invited = List.of(INVITEE);

    assertThat(wishes.content("m.room.power_levels").get("users"))
        .isEqualTo(json("{'@alice:s':100,'@bob:s':100}"));
    assertThat(wishes.creation().createContent().has("additional_creators")).isFalse();
  }

  @Test
  void trusted_fromVersion12_makesInviteesCreators() {
    Wishes wishes = new Wishes();
    wishes.version = RoomVersion.V12;
    wishes.preset = RoomPreset.TRUSTED_PRIVATE_CHAT;
    wishes.invited = List.of(INVITEE, "@carol:s");
    wishes.creationContent = json("{'additional_creators':['@carol:s','@dave:s']}");

    assertThat(wishes.creation().createContent().get("additional_creators"))
        .extracting(node -> node.asText())
        .containsExactly("@carol:s", "@dave:s", "@bob:s");
  }

  @Test
  void createContent_keepsWhatIsAskedButItsOwnFields() {
    Wishes wishes = new Wishes();
    wishes.creationContent =
        json("{'creator':'@mallory:s','room_version':'99','m.federate':false,'type':'m.space'}");
    wishes.version = RoomVersion.V10;
    ObjectNode upTo10 = wishes.creation().createContent();
    wishes.version = RoomVersion.V11;
    ObjectNode later = wishes.creation().createContent();

    assertThat(upTo10)
        .isEqualTo(
            json("{'creator':'@alice:s','room_version':'10','m.federate':false,'type':'m.space'}"));
    assertThat(later).isEqualTo(json("{'room_version':'11','m.federate':false,'type':'m.space'}"));
  }

  @Test
  void facts_aliasAndListing_comeWithTheRoom() {
    Wishes wishes = new Wishes();
    wishes.alias = "#room:s";
    wishes.listed = true;

    assertThat(wishes.command().facts())
        .containsExactly(
            new AliasCreated("#room:s", "!r:s", CREATOR), new RoomPublished("!r:s", true));
    assertThat(new Wishes().command().facts()).isEmpty();
  }

  private static ObjectNode json(String text) {
    try {
      return (ObjectNode) new JsonMapper().readTree(text.replace('\'', '"'));
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(e);
    }
  }

  /** A room to be; every test says what is special about its own. */
  private static final class Wishes {
    RoomVersion version = RoomVersion.V11;
    RoomPreset preset = RoomPreset.PRIVATE_CHAT;
    boolean listed;
    @Nullable String alias;
    @Nullable String name;
    @Nullable String topic;
    List<String> invited = List.of();
    boolean direct;
    List<NewRoom.Piece> initialState = List.of();
    ObjectNode creationContent = json("{}");
    ObjectNode powerLevels = json("{}");
    Map<String, ObjectNode> profiles = Map.of();

    RoomCreation creation() {
      NewRoom room =
          new NewRoom(
              CREATOR,
              version,
              preset,
              listed,
              alias,
              name,
              topic,
              invited,
              direct,
              initialState,
              creationContent,
              powerLevels);
      return new RoomCreation(room, profiles);
    }

    CreateRoom command() {
      ObjectNode create =
          json(
              "{'type':'m.room.create','state_key':'','sender':'@alice:s','room_id':'!r:s',"
                  + "'content':{},'prev_events':[],'auth_events':[],'depth':1,"
                  + "'origin_server_ts':1}");
      return creation().command(Pdu.trusted(RoomVersion.V11, "$create", create).orThrow());
    }

    List<EventDraft> drafts() {
      return command().drafts();
    }

    ObjectNode content(String type) {
      return drafts().stream()
          .filter(draft -> draft.type().equals(type))
          .findFirst()
          .orElseThrow()
          .content();
    }

    ObjectNode member(String userId) {
      return drafts().stream()
          .filter(draft -> userId.equals(draft.stateKey()))
          .findFirst()
          .orElseThrow()
          .content();
    }
  }
}
