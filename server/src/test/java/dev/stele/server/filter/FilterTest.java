package dev.stele.server.filter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.stele.api.ErrorCode;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FilterTest {
  private static final ObjectNode EMPTY = json("{}");

  @Test
  void parse_emptyObject_includesEverythingButLeftRooms() {
    assertThat(Filter.parse(EMPTY)).usingRecursiveComparison().isEqualTo(Filter.NONE);
  }

  @Test
  void matches_excludedType_winsOverIncluded() {
    RoomEventFilter filter = room("{'types':['m.room.*'],'not_types':['m.room.member']}");

    assertThat(filter.matches("m.room.message", "@a:s", EMPTY)).isTrue();
    assertThat(filter.matches("m.room.member", "@a:s", EMPTY)).isFalse();
    assertThat(filter.matches("m.reaction", "@a:s", EMPTY)).isFalse();
  }

  @Test
  void matches_emptyListOfTypes_includesNothing() {
    RoomEventFilter filter = room("{'types':[]}");

    assertThat(filter.matches("m.room.message", "@a:s", EMPTY)).isFalse();
    assertThat(filter.events().types().isEmpty()).isTrue();
  }

  @Test
  void matches_senders_areTakenLiterally() {
    RoomEventFilter filter = room("{'senders':['@*:s','@b:s'],'not_senders':['@b:s']}");

    assertThat(filter.matches("t", "@a:s", EMPTY)).isFalse();
    assertThat(filter.matches("t", "@*:s", EMPTY)).isTrue();
    assertThat(filter.matches("t", "@b:s", EMPTY)).isFalse();
  }

  @Test
  void matches_containsUrl_looksIntoTheContent() {
    ObjectNode withUrl = json("{'url':'mxc://s/m'}");

    assertThat(room("{'contains_url':true}").matches("t", "@a:s", withUrl)).isTrue();
    assertThat(room("{'contains_url':true}").matches("t", "@a:s", EMPTY)).isFalse();
    assertThat(room("{'contains_url':false}").matches("t", "@a:s", withUrl)).isFalse();
    assertThat(room("{'contains_url':false}").matches("t", "@a:s", EMPTY)).isTrue();
  }

  @Test
  void matchesRoom_excludedRoom_winsOverIncluded() {
    RoomEventFilter filter = room("{'rooms':['!a:s','!b:s'],'not_rooms':['!b:s']}");

    assertThat(filter.matchesRoom("!a:s")).isTrue();
    assertThat(filter.matchesRoom("!b:s")).isFalse();
    assertThat(filter.matchesRoom("!c:s")).isFalse();
  }

  @Test
  void parse_wholeFilter_readsEveryPart() {
    Filter filter =
        Filter.parse(
            json(
                "{'event_fields':['content.body'],'event_format':'federation',"
                    + "'presence':{'types':[]},'account_data':{'not_types':['x']},"
                    + "'room':{'include_leave':true,'not_rooms':['!x:s'],"
                    + "'timeline':{'limit':7,'lazy_load_members':true},"
                    + "'state':{'include_redundant_members':true},"
                    + "'ephemeral':{'not_types':['m.typing']},'account_data':{'types':['m.tag']}}}"));

    assertThat(filter.eventFields().paths()).containsExactly(List.of("content", "body"));
    assertThat(filter.eventFormat()).isEqualTo(Filter.EventFormat.FEDERATION);
    assertThat(filter.presence().types().isEmpty()).isTrue();
    assertThat(filter.accountData().matchesType("x")).isFalse();
    assertThat(filter.room().includeLeave()).isTrue();
    assertThat(filter.room().rooms().includes("!x:s")).isFalse();
    assertThat(filter.room().timeline().events().limit(10, 100)).isEqualTo(7);
    assertThat(filter.room().timeline().lazyLoadMembers()).isTrue();
    assertThat(filter.room().state().includeRedundantMembers()).isTrue();
    assertThat(filter.room().ephemeral().events().matchesType("m.typing")).isFalse();
    assertThat(filter.room().accountData().events().matchesType("m.tag")).isTrue();
  }

  @Test
  void limit_beyondTheGreatest_isTheGreatest() {
    assertThat(room("{'limit':99999999999999999999}").events().limit(10, 1000)).isEqualTo(1000);
    assertThat(room("{}").events().limit(10, 1000)).isEqualTo(10);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'room':[]}",
        "{'room':{'timeline':'x'}}",
        "{'room':{'timeline':{'limit':-1}}}",
        "{'room':{'timeline':{'limit':1.5}}}",
        "{'room':{'timeline':{'limit':'10'}}}",
        "{'room':{'state':{'types':'m.room.member'}}}",
        "{'room':{'state':{'types':[1]}}}",
        "{'room':{'state':{'senders':['alice']}}}",
        "{'room':{'rooms':['#alias:s']}}",
        "{'room':{'state':{'lazy_load_members':'yes'}}}",
        "{'presence':{'not_senders':[null]}}",
        "{'event_fields':{}}",
        "{'event_format':'xml'}"
      })
  void parse_wrongType_isBadJson(String text) {
    assertThatThrownBy(() -> Filter.parse(json(text)))
        .isInstanceOfSatisfying(
            InvalidFilter.class, e -> assertThat(e.error().code()).isEqualTo(ErrorCode.BAD_JSON));
  }

  @Test
  void parse_tooManyOrTooLongNames_isInvalidParam() {
    ObjectNode many = json("{}");
    Collections.nCopies(1_001, "t").forEach(many.putArray("types")::add);
    ObjectNode tooLong = json("{}");
    tooLong.putArray("types").add("x".repeat(256));

    for (ObjectNode filter : new ObjectNode[] {many, tooLong}) {
      assertThatThrownBy(() -> RoomEventFilter.parse(filter))
          .isInstanceOfSatisfying(
              InvalidFilter.class,
              e -> assertThat(e.error().code()).isEqualTo(ErrorCode.INVALID_PARAM));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "m.room.*, m.room.message, true",
    "m.room.*, m.room., true",
    "m.room.*, m.roo, false",
    "*, anything, true",
    "**, anything, true",
    "*.message, m.room.message, true",
    "m.*.message, m.room.message, true",
    "m.*.message, m.room.messages, false",
    "a*b*c, aXbYbZc, true",
    "a*b*c, aXbYbZ, false",
    "m.room.message, m.room.message, true",
    "m.room.message, m.room.messagE, false"
  })
  void wildcard_matchesTheWholeName(String pattern, String name, boolean expected) {
    assertThat(Wildcard.matches(pattern, name)).isEqualTo(expected);
  }

  @Test
  void wildcard_emptyName_needsNothingButStars() {
    assertThat(Wildcard.matches("*", "")).isTrue();
    assertThat(Wildcard.matches("", "")).isTrue();
    assertThat(Wildcard.matches("a", "")).isFalse();
  }

  private static RoomEventFilter room(String text) {
    return RoomEventFilter.parse(json(text));
  }

  private static ObjectNode json(String text) {
    try {
      return (ObjectNode) new JsonMapper().readTree(text.replace('\'', '"'));
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(e);
    }
  }
}
